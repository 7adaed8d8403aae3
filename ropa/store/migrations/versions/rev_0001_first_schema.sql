-- The first schema: every kind of record, its lists of references, the history.

CREATE TABLE history (
    id INTEGER NOT NULL,
    batch INTEGER NOT NULL,
    at VARCHAR NOT NULL,
    who VARCHAR NOT NULL,
    why VARCHAR NOT NULL,
    organisation VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    "key" VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    "before" VARCHAR,
    "after" VARCHAR,
    CONSTRAINT pk_history PRIMARY KEY (id),
    CONSTRAINT ck_history_action_word CHECK (action IN ('add', 'change', 'remove'))
);

CREATE INDEX ix_history_subject ON history (organisation, kind, "key");

CREATE TABLE organisation (
    id INTEGER NOT NULL,
    organisation VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    source VARCHAR,
    note VARCHAR,
    invented BOOLEAN NOT NULL,
    name VARCHAR NOT NULL,
    legal_name VARCHAR,
    group_entities JSON NOT NULL,
    registration VARCHAR,
    country VARCHAR,
    address VARCHAR,
    contact JSON,
    dpo JSON,
    representative JSON,
    website VARCHAR,
    regimes JSON NOT NULL,
    notice JSON,
    CONSTRAINT pk_organisation PRIMARY KEY (id),
    CONSTRAINT ck_organisation_key_given CHECK (length(key) > 0),
    CONSTRAINT ck_organisation_version_positive CHECK (version >= 1),
    CONSTRAINT ck_organisation_invented_truth CHECK (invented IN (0, 1)),
    CONSTRAINT uq_organisation_key UNIQUE ("key"),
    CONSTRAINT ck_organisation_own_register CHECK (organisation = key),
    CONSTRAINT ck_organisation_name_given CHECK (length(name) > 0)
);

CREATE TABLE writer (
    id INTEGER NOT NULL CONSTRAINT ck_writer_only_one CHECK (id = 1),
    batch INTEGER NOT NULL,
    at VARCHAR NOT NULL,
    who VARCHAR NOT NULL,
    why VARCHAR NOT NULL,
    CONSTRAINT pk_writer PRIMARY KEY (id)
);

CREATE TABLE acknowledgement (
    id INTEGER NOT NULL,
    organisation VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    source VARCHAR,
    note VARCHAR,
    invented BOOLEAN NOT NULL,
    rule VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    detail VARCHAR,
    reason VARCHAR NOT NULL,
    who VARCHAR NOT NULL,
    "on" DATE,
    until DATE,
    CONSTRAINT pk_acknowledgement PRIMARY KEY (id),
    CONSTRAINT ck_acknowledgement_key_given CHECK (length(key) > 0),
    CONSTRAINT ck_acknowledgement_version_positive CHECK (version >= 1),
    CONSTRAINT ck_acknowledgement_invented_truth CHECK (invented IN (0, 1)),
    CONSTRAINT uq_acknowledgement_organisation_key UNIQUE (organisation, "key"),
    CONSTRAINT fk_acknowledgement_organisation FOREIGN KEY(organisation) REFERENCES organisation ("key") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT ck_acknowledgement_rule_given CHECK (length(rule) > 0),
    CONSTRAINT ck_acknowledgement_subject_given CHECK (length(subject) > 0),
    CONSTRAINT ck_acknowledgement_reason_given CHECK (length(reason) > 0),
    CONSTRAINT ck_acknowledgement_who_given CHECK (length(who) > 0)
);

CREATE TABLE data_category (
    id INTEGER NOT NULL,
    organisation VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    source VARCHAR,
    note VARCHAR,
    invented BOOLEAN NOT NULL,
    name VARCHAR NOT NULL,
    examples VARCHAR,
    special VARCHAR,
    criminal BOOLEAN NOT NULL,
    hr BOOLEAN NOT NULL,
    credit BOOLEAN NOT NULL,
    journalistic BOOLEAN NOT NULL,
    CONSTRAINT pk_data_category PRIMARY KEY (id),
    CONSTRAINT ck_data_category_key_given CHECK (length(key) > 0),
    CONSTRAINT ck_data_category_version_positive CHECK (version >= 1),
    CONSTRAINT ck_data_category_invented_truth CHECK (invented IN (0, 1)),
    CONSTRAINT uq_data_category_organisation_key UNIQUE (organisation, "key"),
    CONSTRAINT fk_data_category_organisation FOREIGN KEY(organisation) REFERENCES organisation ("key") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT ck_data_category_name_given CHECK (length(name) > 0),
    CONSTRAINT ck_data_category_special_word CHECK (special IN ('racial-or-ethnic-origin', 'political-opinions', 'religious-or-philosophical-beliefs', 'trade-union-membership', 'genetic', 'biometric', 'health', 'sex-life-or-orientation'))
);

CREATE TABLE party (
    id INTEGER NOT NULL,
    organisation VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    source VARCHAR,
    note VARCHAR,
    invented BOOLEAN NOT NULL,
    name VARCHAR NOT NULL,
    legal_name VARCHAR,
    aliases JSON NOT NULL,
    country VARCHAR,
    address VARCHAR,
    contact JSON,
    website VARCHAR,
    parent VARCHAR,
    sector VARCHAR,
    regimes JSON NOT NULL,
    intra_group BOOLEAN,
    in_scope VARCHAR,
    dpf VARCHAR,
    dpf_uk_extension BOOLEAN,
    dpf_hr BOOLEAN,
    dpf_from DATE,
    dpf_checked DATE,
    dpf_until DATE,
    CONSTRAINT pk_party PRIMARY KEY (id),
    CONSTRAINT ck_party_key_given CHECK (length(key) > 0),
    CONSTRAINT ck_party_version_positive CHECK (version >= 1),
    CONSTRAINT ck_party_invented_truth CHECK (invented IN (0, 1)),
    CONSTRAINT uq_party_organisation_key UNIQUE (organisation, "key"),
    CONSTRAINT fk_party_organisation FOREIGN KEY(organisation) REFERENCES organisation ("key") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT ck_party_name_given CHECK (length(name) > 0),
    CONSTRAINT ck_party_sector_word CHECK (sector IN ('bank', 'insurer', 'telecom', 'public-authority', 'other')),
    CONSTRAINT ck_party_in_scope_word CHECK (in_scope IN ('no', 'yes')),
    CONSTRAINT ck_party_dpf_word CHECK (dpf IN ('active', 'lapsed', 'none'))
);

CREATE TABLE subject_category (
    id INTEGER NOT NULL,
    organisation VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    source VARCHAR,
    note VARCHAR,
    invented BOOLEAN NOT NULL,
    name VARCHAR NOT NULL,
    vulnerable BOOLEAN NOT NULL,
    CONSTRAINT pk_subject_category PRIMARY KEY (id),
    CONSTRAINT ck_subject_category_key_given CHECK (length(key) > 0),
    CONSTRAINT ck_subject_category_version_positive CHECK (version >= 1),
    CONSTRAINT ck_subject_category_invented_truth CHECK (invented IN (0, 1)),
    CONSTRAINT uq_subject_category_organisation_key UNIQUE (organisation, "key"),
    CONSTRAINT fk_subject_category_organisation FOREIGN KEY(organisation) REFERENCES organisation ("key") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT ck_subject_category_name_given CHECK (length(name) > 0)
);

CREATE TABLE change (
    id INTEGER NOT NULL,
    organisation VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    source VARCHAR,
    note VARCHAR,
    invented BOOLEAN NOT NULL,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    party VARCHAR NOT NULL,
    replaces VARCHAR,
    service VARCHAR,
    countries JSON NOT NULL,
    safeguard VARCHAR,
    reason VARCHAR,
    proposed DATE,
    effective DATE,
    state VARCHAR NOT NULL,
    CONSTRAINT pk_change PRIMARY KEY (id),
    CONSTRAINT ck_change_key_given CHECK (length(key) > 0),
    CONSTRAINT ck_change_version_positive CHECK (version >= 1),
    CONSTRAINT ck_change_invented_truth CHECK (invented IN (0, 1)),
    CONSTRAINT uq_change_organisation_key UNIQUE (organisation, "key"),
    CONSTRAINT fk_change_organisation FOREIGN KEY(organisation) REFERENCES organisation ("key") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT fk_change_organisation_party FOREIGN KEY(organisation, party) REFERENCES party (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_change_organisation_replaces FOREIGN KEY(organisation, replaces) REFERENCES party (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_change_name_given CHECK (length(name) > 0),
    CONSTRAINT ck_change_kind_word CHECK (kind IN ('add', 'replace', 'remove', 'new-location', 'new-activity', 'new-legal-entity', 'emergency')),
    CONSTRAINT ck_change_party_given CHECK (length(party) > 0),
    CONSTRAINT ck_change_state_word CHECK (state IN ('proposed', 'approved', 'notified', 'effective', 'withdrawn'))
);

CREATE TABLE document (
    id INTEGER NOT NULL,
    organisation VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    source VARCHAR,
    note VARCHAR,
    invented BOOLEAN NOT NULL,
    name VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    about VARCHAR,
    date DATE,
    review DATE,
    expires DATE,
    location VARCHAR,
    CONSTRAINT pk_document PRIMARY KEY (id),
    CONSTRAINT ck_document_key_given CHECK (length(key) > 0),
    CONSTRAINT ck_document_version_positive CHECK (version >= 1),
    CONSTRAINT ck_document_invented_truth CHECK (invented IN (0, 1)),
    CONSTRAINT uq_document_organisation_key UNIQUE (organisation, "key"),
    CONSTRAINT fk_document_organisation FOREIGN KEY(organisation) REFERENCES organisation ("key") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT fk_document_organisation_about FOREIGN KEY(organisation, about) REFERENCES party (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_document_name_given CHECK (length(name) > 0),
    CONSTRAINT ck_document_type_word CHECK (type IN ('policy', 'notice', 'dpa', 'scc', 'tia', 'tra', 'lia', 'dpia', 'certificate', 'appropriate-policy', 'other'))
);

CREATE TABLE system (
    id INTEGER NOT NULL,
    organisation VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    source VARCHAR,
    note VARCHAR,
    invented BOOLEAN NOT NULL,
    name VARCHAR NOT NULL,
    own BOOLEAN,
    operator VARCHAR,
    hosting JSON NOT NULL,
    remote_access JSON NOT NULL,
    technology VARCHAR,
    CONSTRAINT pk_system PRIMARY KEY (id),
    CONSTRAINT ck_system_key_given CHECK (length(key) > 0),
    CONSTRAINT ck_system_version_positive CHECK (version >= 1),
    CONSTRAINT ck_system_invented_truth CHECK (invented IN (0, 1)),
    CONSTRAINT uq_system_organisation_key UNIQUE (organisation, "key"),
    CONSTRAINT fk_system_organisation FOREIGN KEY(organisation) REFERENCES organisation ("key") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT fk_system_organisation_operator FOREIGN KEY(organisation, operator) REFERENCES party (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_system_name_given CHECK (length(name) > 0)
);

CREATE TABLE activity (
    id INTEGER NOT NULL,
    organisation VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    source VARCHAR,
    note VARCHAR,
    invented BOOLEAN NOT NULL,
    name VARCHAR NOT NULL,
    role VARCHAR,
    purposes JSON NOT NULL,
    description VARCHAR,
    business_function VARCHAR,
    owner VARCHAR,
    processing JSON NOT NULL,
    data_source VARCHAR,
    recipients JSON NOT NULL,
    security JSON NOT NULL,
    automated_decisions VARCHAR,
    dpia VARCHAR,
    dpia_document VARCHAR,
    since DATE,
    until DATE,
    CONSTRAINT pk_activity PRIMARY KEY (id),
    CONSTRAINT ck_activity_key_given CHECK (length(key) > 0),
    CONSTRAINT ck_activity_version_positive CHECK (version >= 1),
    CONSTRAINT ck_activity_invented_truth CHECK (invented IN (0, 1)),
    CONSTRAINT uq_activity_organisation_key UNIQUE (organisation, "key"),
    CONSTRAINT fk_activity_organisation FOREIGN KEY(organisation) REFERENCES organisation ("key") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT fk_activity_organisation_dpia_document FOREIGN KEY(organisation, dpia_document) REFERENCES document (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_activity_name_given CHECK (length(name) > 0),
    CONSTRAINT ck_activity_role_word CHECK (role IN ('controller', 'joint-controller', 'processor')),
    CONSTRAINT ck_activity_automated_decisions_word CHECK (automated_decisions IN ('no', 'yes')),
    CONSTRAINT ck_activity_dpia_word CHECK (dpia IN ('required', 'not-required'))
);

CREATE TABLE agreement (
    id INTEGER NOT NULL,
    organisation VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    source VARCHAR,
    note VARCHAR,
    invented BOOLEAN NOT NULL,
    name VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    party VARCHAR NOT NULL,
    "between" VARCHAR,
    signed DATE,
    expires DATE,
    clauses JSON,
    onward_terms BOOLEAN,
    document VARCHAR,
    notice JSON,
    CONSTRAINT pk_agreement PRIMARY KEY (id),
    CONSTRAINT ck_agreement_key_given CHECK (length(key) > 0),
    CONSTRAINT ck_agreement_version_positive CHECK (version >= 1),
    CONSTRAINT ck_agreement_invented_truth CHECK (invented IN (0, 1)),
    CONSTRAINT uq_agreement_organisation_key UNIQUE (organisation, "key"),
    CONSTRAINT fk_agreement_organisation FOREIGN KEY(organisation) REFERENCES organisation ("key") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT fk_agreement_organisation_party FOREIGN KEY(organisation, party) REFERENCES party (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_agreement_organisation_between FOREIGN KEY(organisation, "between") REFERENCES party (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_agreement_organisation_document FOREIGN KEY(organisation, document) REFERENCES document (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_agreement_name_given CHECK (length(name) > 0),
    CONSTRAINT ck_agreement_type_word CHECK (type IN ('dpa', 'terms', 'joint-controller', 'scc', 'idta', 'other')),
    CONSTRAINT ck_agreement_party_given CHECK (length(party) > 0)
);

CREATE TABLE change__data_categories (
    organisation VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    member VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_change__data_categories PRIMARY KEY (organisation, owner, member),
    CONSTRAINT fk_change__data_categories_organisation_owner FOREIGN KEY(organisation, owner) REFERENCES change (organisation, "key") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_change__data_categories_organisation_member FOREIGN KEY(organisation, member) REFERENCES data_category (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_change__data_categories_position_counts CHECK (position >= 0)
)
 WITHOUT ROWID;

CREATE TABLE notice (
    id INTEGER NOT NULL,
    organisation VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    source VARCHAR,
    note VARCHAR,
    invented BOOLEAN NOT NULL,
    change VARCHAR NOT NULL,
    customer VARCHAR NOT NULL,
    sent DATE,
    received DATE,
    channel VARCHAR,
    evidence VARCHAR,
    consented DATE,
    objected DATE,
    grounds VARCHAR,
    resolved DATE,
    resolution VARCHAR,
    CONSTRAINT pk_notice PRIMARY KEY (id),
    CONSTRAINT ck_notice_key_given CHECK (length(key) > 0),
    CONSTRAINT ck_notice_version_positive CHECK (version >= 1),
    CONSTRAINT ck_notice_invented_truth CHECK (invented IN (0, 1)),
    CONSTRAINT uq_notice_organisation_key UNIQUE (organisation, "key"),
    CONSTRAINT fk_notice_organisation FOREIGN KEY(organisation) REFERENCES organisation ("key") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT fk_notice_organisation_change FOREIGN KEY(organisation, change) REFERENCES change (organisation, "key") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_notice_organisation_customer FOREIGN KEY(organisation, customer) REFERENCES party (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_notice_change_given CHECK (length(change) > 0),
    CONSTRAINT ck_notice_customer_given CHECK (length(customer) > 0)
);

CREATE TABLE activity__controllers (
    organisation VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    member VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_activity__controllers PRIMARY KEY (organisation, owner, member),
    CONSTRAINT fk_activity__controllers_organisation_owner FOREIGN KEY(organisation, owner) REFERENCES activity (organisation, "key") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_activity__controllers_organisation_member FOREIGN KEY(organisation, member) REFERENCES party (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_activity__controllers_position_counts CHECK (position >= 0)
)
 WITHOUT ROWID;

CREATE TABLE activity__data_categories (
    organisation VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    member VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_activity__data_categories PRIMARY KEY (organisation, owner, member),
    CONSTRAINT fk_activity__data_categories_organisation_owner FOREIGN KEY(organisation, owner) REFERENCES activity (organisation, "key") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_activity__data_categories_organisation_member FOREIGN KEY(organisation, member) REFERENCES data_category (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_activity__data_categories_position_counts CHECK (position >= 0)
)
 WITHOUT ROWID;

CREATE TABLE activity__joint_controllers (
    organisation VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    member VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_activity__joint_controllers PRIMARY KEY (organisation, owner, member),
    CONSTRAINT fk_activity__joint_controllers_organisation_owner FOREIGN KEY(organisation, owner) REFERENCES activity (organisation, "key") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_activity__joint_controllers_organisation_member FOREIGN KEY(organisation, member) REFERENCES party (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_activity__joint_controllers_position_counts CHECK (position >= 0)
)
 WITHOUT ROWID;

CREATE TABLE activity__subject_categories (
    organisation VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    member VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_activity__subject_categories PRIMARY KEY (organisation, owner, member),
    CONSTRAINT fk_activity__subject_categories_organisation_owner FOREIGN KEY(organisation, owner) REFERENCES activity (organisation, "key") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_activity__subject_categories_organisation_member FOREIGN KEY(organisation, member) REFERENCES subject_category (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_activity__subject_categories_position_counts CHECK (position >= 0)
)
 WITHOUT ROWID;

CREATE TABLE activity__systems (
    organisation VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    member VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_activity__systems PRIMARY KEY (organisation, owner, member),
    CONSTRAINT fk_activity__systems_organisation_owner FOREIGN KEY(organisation, owner) REFERENCES activity (organisation, "key") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_activity__systems_organisation_member FOREIGN KEY(organisation, member) REFERENCES system (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_activity__systems_position_counts CHECK (position >= 0)
)
 WITHOUT ROWID;

CREATE TABLE change__activities (
    organisation VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    member VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_change__activities PRIMARY KEY (organisation, owner, member),
    CONSTRAINT fk_change__activities_organisation_owner FOREIGN KEY(organisation, owner) REFERENCES change (organisation, "key") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_change__activities_organisation_member FOREIGN KEY(organisation, member) REFERENCES activity (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_change__activities_position_counts CHECK (position >= 0)
)
 WITHOUT ROWID;

CREATE TABLE condition (
    id INTEGER NOT NULL,
    organisation VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    source VARCHAR,
    note VARCHAR,
    invented BOOLEAN NOT NULL,
    activity VARCHAR NOT NULL,
    condition VARCHAR NOT NULL,
    justification VARCHAR,
    policy_document VARCHAR,
    CONSTRAINT pk_condition PRIMARY KEY (id),
    CONSTRAINT ck_condition_key_given CHECK (length(key) > 0),
    CONSTRAINT ck_condition_version_positive CHECK (version >= 1),
    CONSTRAINT ck_condition_invented_truth CHECK (invented IN (0, 1)),
    CONSTRAINT uq_condition_organisation_key UNIQUE (organisation, "key"),
    CONSTRAINT fk_condition_organisation FOREIGN KEY(organisation) REFERENCES organisation ("key") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT fk_condition_organisation_activity FOREIGN KEY(organisation, activity) REFERENCES activity (organisation, "key") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_condition_organisation_policy_document FOREIGN KEY(organisation, policy_document) REFERENCES document (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_condition_activity_given CHECK (length(activity) > 0),
    CONSTRAINT ck_condition_condition_given CHECK (length(condition) > 0)
);

CREATE TABLE engagement (
    id INTEGER NOT NULL,
    organisation VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    source VARCHAR,
    note VARCHAR,
    invented BOOLEAN NOT NULL,
    activity VARCHAR NOT NULL,
    party VARCHAR NOT NULL,
    service VARCHAR,
    role VARCHAR NOT NULL,
    receives_data BOOLEAN NOT NULL,
    from_system VARCHAR,
    system VARCHAR,
    countries JSON NOT NULL,
    remote_access JSON NOT NULL,
    since DATE,
    until DATE,
    authorisation VARCHAR,
    agreement VARCHAR,
    CONSTRAINT pk_engagement PRIMARY KEY (id),
    CONSTRAINT ck_engagement_key_given CHECK (length(key) > 0),
    CONSTRAINT ck_engagement_version_positive CHECK (version >= 1),
    CONSTRAINT ck_engagement_invented_truth CHECK (invented IN (0, 1)),
    CONSTRAINT uq_engagement_organisation_key UNIQUE (organisation, "key"),
    CONSTRAINT fk_engagement_organisation FOREIGN KEY(organisation) REFERENCES organisation ("key") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT fk_engagement_organisation_activity FOREIGN KEY(organisation, activity) REFERENCES activity (organisation, "key") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_engagement_organisation_party FOREIGN KEY(organisation, party) REFERENCES party (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_engagement_organisation_from_system FOREIGN KEY(organisation, from_system) REFERENCES system (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_engagement_organisation_system FOREIGN KEY(organisation, system) REFERENCES system (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_engagement_organisation_agreement FOREIGN KEY(organisation, agreement) REFERENCES agreement (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_engagement_activity_given CHECK (length(activity) > 0),
    CONSTRAINT ck_engagement_party_given CHECK (length(party) > 0),
    CONSTRAINT ck_engagement_role_word CHECK (role IN ('processor', 'controller', 'joint-controller')),
    CONSTRAINT ck_engagement_authorisation_word CHECK (authorisation IN ('general', 'specific'))
);

CREATE TABLE flow (
    id INTEGER NOT NULL,
    organisation VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    source VARCHAR,
    note VARCHAR,
    invented BOOLEAN NOT NULL,
    activity VARCHAR NOT NULL,
    description VARCHAR,
    origin_party VARCHAR,
    origin_system VARCHAR,
    origin_subject VARCHAR,
    destination_party VARCHAR,
    destination_system VARCHAR,
    destination_subject VARCHAR,
    CONSTRAINT pk_flow PRIMARY KEY (id),
    CONSTRAINT ck_flow_key_given CHECK (length(key) > 0),
    CONSTRAINT ck_flow_version_positive CHECK (version >= 1),
    CONSTRAINT ck_flow_invented_truth CHECK (invented IN (0, 1)),
    CONSTRAINT uq_flow_organisation_key UNIQUE (organisation, "key"),
    CONSTRAINT fk_flow_organisation FOREIGN KEY(organisation) REFERENCES organisation ("key") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT fk_flow_organisation_activity FOREIGN KEY(organisation, activity) REFERENCES activity (organisation, "key") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_flow_organisation_origin_party FOREIGN KEY(organisation, origin_party) REFERENCES party (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_flow_organisation_origin_system FOREIGN KEY(organisation, origin_system) REFERENCES system (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_flow_organisation_origin_subject FOREIGN KEY(organisation, origin_subject) REFERENCES subject_category (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_flow_origin_one_node CHECK ((origin_party IS NOT NULL) + (origin_system IS NOT NULL) + (origin_subject IS NOT NULL) <= 1),
    CONSTRAINT fk_flow_organisation_destination_party FOREIGN KEY(organisation, destination_party) REFERENCES party (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_flow_organisation_destination_system FOREIGN KEY(organisation, destination_system) REFERENCES system (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_flow_organisation_destination_subject FOREIGN KEY(organisation, destination_subject) REFERENCES subject_category (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_flow_destination_one_node CHECK ((destination_party IS NOT NULL) + (destination_system IS NOT NULL) + (destination_subject IS NOT NULL) <= 1),
    CONSTRAINT ck_flow_activity_given CHECK (length(activity) > 0)
);

CREATE TABLE lawful_basis (
    id INTEGER NOT NULL,
    organisation VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    source VARCHAR,
    note VARCHAR,
    invented BOOLEAN NOT NULL,
    activity VARCHAR NOT NULL,
    basis VARCHAR NOT NULL,
    purpose VARCHAR,
    justification VARCHAR,
    assessment VARCHAR,
    CONSTRAINT pk_lawful_basis PRIMARY KEY (id),
    CONSTRAINT ck_lawful_basis_key_given CHECK (length(key) > 0),
    CONSTRAINT ck_lawful_basis_version_positive CHECK (version >= 1),
    CONSTRAINT ck_lawful_basis_invented_truth CHECK (invented IN (0, 1)),
    CONSTRAINT uq_lawful_basis_organisation_key UNIQUE (organisation, "key"),
    CONSTRAINT fk_lawful_basis_organisation FOREIGN KEY(organisation) REFERENCES organisation ("key") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT fk_lawful_basis_organisation_activity FOREIGN KEY(organisation, activity) REFERENCES activity (organisation, "key") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_lawful_basis_organisation_assessment FOREIGN KEY(organisation, assessment) REFERENCES document (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_lawful_basis_activity_given CHECK (length(activity) > 0),
    CONSTRAINT ck_lawful_basis_basis_given CHECK (length(basis) > 0)
);

CREATE TABLE retention (
    id INTEGER NOT NULL,
    organisation VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    source VARCHAR,
    note VARCHAR,
    invented BOOLEAN NOT NULL,
    activity VARCHAR NOT NULL,
    period VARCHAR,
    "trigger" VARCHAR,
    until VARCHAR,
    stated VARCHAR,
    reason VARCHAR,
    CONSTRAINT pk_retention PRIMARY KEY (id),
    CONSTRAINT ck_retention_key_given CHECK (length(key) > 0),
    CONSTRAINT ck_retention_version_positive CHECK (version >= 1),
    CONSTRAINT ck_retention_invented_truth CHECK (invented IN (0, 1)),
    CONSTRAINT uq_retention_organisation_key UNIQUE (organisation, "key"),
    CONSTRAINT fk_retention_organisation FOREIGN KEY(organisation) REFERENCES organisation ("key") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT fk_retention_organisation_activity FOREIGN KEY(organisation, activity) REFERENCES activity (organisation, "key") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_retention_activity_given CHECK (length(activity) > 0)
);

CREATE TABLE transfer (
    id INTEGER NOT NULL,
    organisation VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    source VARCHAR,
    note VARCHAR,
    invented BOOLEAN NOT NULL,
    exporter VARCHAR,
    importer VARCHAR NOT NULL,
    country VARCHAR,
    activity VARCHAR,
    frequency VARCHAR,
    stated VARCHAR,
    CONSTRAINT pk_transfer PRIMARY KEY (id),
    CONSTRAINT ck_transfer_key_given CHECK (length(key) > 0),
    CONSTRAINT ck_transfer_version_positive CHECK (version >= 1),
    CONSTRAINT ck_transfer_invented_truth CHECK (invented IN (0, 1)),
    CONSTRAINT uq_transfer_organisation_key UNIQUE (organisation, "key"),
    CONSTRAINT fk_transfer_organisation FOREIGN KEY(organisation) REFERENCES organisation ("key") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT fk_transfer_organisation_exporter FOREIGN KEY(organisation, exporter) REFERENCES party (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_transfer_organisation_importer FOREIGN KEY(organisation, importer) REFERENCES party (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_transfer_organisation_activity FOREIGN KEY(organisation, activity) REFERENCES activity (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_transfer_importer_given CHECK (length(importer) > 0),
    CONSTRAINT ck_transfer_frequency_word CHECK (frequency IN ('systematic', 'occasional'))
);

CREATE TABLE condition__data_categories (
    organisation VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    member VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_condition__data_categories PRIMARY KEY (organisation, owner, member),
    CONSTRAINT fk_condition__data_categories_organisation_owner FOREIGN KEY(organisation, owner) REFERENCES condition (organisation, "key") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_condition__data_categories_organisation_member FOREIGN KEY(organisation, member) REFERENCES data_category (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_condition__data_categories_position_counts CHECK (position >= 0)
)
 WITHOUT ROWID;

CREATE TABLE engagement__data_categories (
    organisation VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    member VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_engagement__data_categories PRIMARY KEY (organisation, owner, member),
    CONSTRAINT fk_engagement__data_categories_organisation_owner FOREIGN KEY(organisation, owner) REFERENCES engagement (organisation, "key") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_engagement__data_categories_organisation_member FOREIGN KEY(organisation, member) REFERENCES data_category (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_engagement__data_categories_position_counts CHECK (position >= 0)
)
 WITHOUT ROWID;

CREATE TABLE flow__data_categories (
    organisation VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    member VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_flow__data_categories PRIMARY KEY (organisation, owner, member),
    CONSTRAINT fk_flow__data_categories_organisation_owner FOREIGN KEY(organisation, owner) REFERENCES flow (organisation, "key") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_flow__data_categories_organisation_member FOREIGN KEY(organisation, member) REFERENCES data_category (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_flow__data_categories_position_counts CHECK (position >= 0)
)
 WITHOUT ROWID;

CREATE TABLE retention__data_categories (
    organisation VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    member VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_retention__data_categories PRIMARY KEY (organisation, owner, member),
    CONSTRAINT fk_retention__data_categories_organisation_owner FOREIGN KEY(organisation, owner) REFERENCES retention (organisation, "key") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_retention__data_categories_organisation_member FOREIGN KEY(organisation, member) REFERENCES data_category (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_retention__data_categories_position_counts CHECK (position >= 0)
)
 WITHOUT ROWID;

CREATE TABLE safeguard (
    id INTEGER NOT NULL,
    organisation VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    source VARCHAR,
    note VARCHAR,
    invented BOOLEAN NOT NULL,
    transfer VARCHAR NOT NULL,
    instrument VARCHAR NOT NULL,
    module INTEGER,
    signed DATE,
    until DATE,
    approved JSON NOT NULL,
    assessed DATE,
    assessment VARCHAR,
    conditions_met JSON NOT NULL,
    conditions_refused JSON NOT NULL,
    commitments BOOLEAN,
    unchanged BOOLEAN,
    document VARCHAR,
    reference VARCHAR,
    CONSTRAINT pk_safeguard PRIMARY KEY (id),
    CONSTRAINT ck_safeguard_key_given CHECK (length(key) > 0),
    CONSTRAINT ck_safeguard_version_positive CHECK (version >= 1),
    CONSTRAINT ck_safeguard_invented_truth CHECK (invented IN (0, 1)),
    CONSTRAINT uq_safeguard_organisation_key UNIQUE (organisation, "key"),
    CONSTRAINT fk_safeguard_organisation FOREIGN KEY(organisation) REFERENCES organisation ("key") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT fk_safeguard_organisation_transfer FOREIGN KEY(organisation, transfer) REFERENCES transfer (organisation, "key") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_safeguard_organisation_assessment FOREIGN KEY(organisation, assessment) REFERENCES document (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_safeguard_organisation_document FOREIGN KEY(organisation, document) REFERENCES document (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_safeguard_transfer_given CHECK (length(transfer) > 0),
    CONSTRAINT ck_safeguard_instrument_given CHECK (length(instrument) > 0),
    CONSTRAINT ck_safeguard_module_word CHECK (module IN (1, 2, 3, 4))
);

CREATE TABLE transfer__data_categories (
    organisation VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    member VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_transfer__data_categories PRIMARY KEY (organisation, owner, member),
    CONSTRAINT fk_transfer__data_categories_organisation_owner FOREIGN KEY(organisation, owner) REFERENCES transfer (organisation, "key") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_transfer__data_categories_organisation_member FOREIGN KEY(organisation, member) REFERENCES data_category (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_transfer__data_categories_position_counts CHECK (position >= 0)
)
 WITHOUT ROWID;
