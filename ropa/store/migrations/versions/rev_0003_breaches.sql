-- The fields that regulators' templates ask for, and the log of breaches.

CREATE TABLE activity_0003 (
    id INTEGER NOT NULL,
    organisation VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    source VARCHAR,
    note VARCHAR,
    invented BOOLEAN NOT NULL,
    name VARCHAR NOT NULL,
    reference VARCHAR,
    role VARCHAR,
    purposes JSON NOT NULL,
    description VARCHAR,
    business_function VARCHAR,
    core BOOLEAN,
    owner VARCHAR,
    processing JSON NOT NULL,
    data_source VARCHAR,
    combination VARCHAR,
    location VARCHAR,
    internal_recipients JSON NOT NULL,
    recipients JSON NOT NULL,
    security JSON NOT NULL,
    automated_decisions VARCHAR,
    automated_detail VARCHAR,
    rights JSON NOT NULL,
    privacy_notice VARCHAR,
    retention_policy VARCHAR,
    risk VARCHAR,
    mitigation VARCHAR,
    dpia VARCHAR,
    dpia_progress VARCHAR,
    dpia_document VARCHAR,
    consultation VARCHAR,
    since DATE,
    until DATE,
    recorded DATE,
    updated DATE,
    CONSTRAINT pk_activity PRIMARY KEY (id),
    CONSTRAINT ck_activity_key_given CHECK (length(key) > 0),
    CONSTRAINT ck_activity_version_positive CHECK (version >= 1),
    CONSTRAINT ck_activity_invented_truth CHECK (invented IN (0, 1)),
    CONSTRAINT uq_activity_organisation_key UNIQUE (organisation, "key"),
    CONSTRAINT fk_activity_organisation FOREIGN KEY(organisation) REFERENCES organisation ("key") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT fk_activity_organisation_privacy_notice FOREIGN KEY(organisation, privacy_notice) REFERENCES document (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_activity_organisation_retention_policy FOREIGN KEY(organisation, retention_policy) REFERENCES document (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_activity_organisation_dpia_document FOREIGN KEY(organisation, dpia_document) REFERENCES document (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_activity_name_given CHECK (length(name) > 0),
    CONSTRAINT ck_activity_role_word CHECK (role IN ('controller', 'joint-controller', 'processor')),
    CONSTRAINT ck_activity_automated_decisions_word CHECK (automated_decisions IN ('no', 'yes')),
    CONSTRAINT ck_activity_dpia_word CHECK (dpia IN ('required', 'not-required')),
    CONSTRAINT ck_activity_dpia_progress_word CHECK (dpia_progress IN ('not-started', 'in-progress', 'completed'))
);

INSERT INTO activity_0003 (id, organisation, version, "key", source, note, invented, name, role, purposes, description, business_function, owner, processing, data_source, recipients, security, automated_decisions, dpia, dpia_document, since, until, internal_recipients, rights)
SELECT id, organisation, version, "key", source, note, invented, name, role, purposes, description, business_function, owner, processing, data_source, recipients, security, automated_decisions, dpia, dpia_document, since, until, '[]', '[]' FROM activity;

DROP TABLE activity;

ALTER TABLE activity_0003 RENAME TO activity;

ALTER TABLE lawful_basis ADD COLUMN consent_record VARCHAR;

ALTER TABLE condition ADD COLUMN policy_followed BOOLEAN;

ALTER TABLE condition ADD COLUMN policy_departure VARCHAR;

ALTER TABLE safeguard ADD COLUMN suitable VARCHAR;

ALTER TABLE data_category ADD COLUMN classification VARCHAR;

ALTER TABLE party ADD COLUMN dpo JSON;

ALTER TABLE party ADD COLUMN representative JSON;

CREATE TABLE breach (
    id INTEGER NOT NULL,
    organisation VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    source VARCHAR,
    note VARCHAR,
    invented BOOLEAN NOT NULL,
    name VARCHAR NOT NULL,
    facts VARCHAR,
    discovered VARCHAR,
    occurred DATE,
    ended DATE,
    nature JSON NOT NULL,
    roles JSON NOT NULL,
    party VARCHAR,
    system VARCHAR,
    people VARCHAR,
    records VARCHAR,
    consequences VARCHAR,
    measures VARCHAR,
    risk VARCHAR,
    risk_reasons VARCHAR,
    authority_untold VARCHAR,
    late_because VARCHAR,
    people_untold VARCHAR,
    lessons VARCHAR,
    closed DATE,
    location VARCHAR,
    CONSTRAINT pk_breach PRIMARY KEY (id),
    CONSTRAINT ck_breach_key_given CHECK (length(key) > 0),
    CONSTRAINT ck_breach_version_positive CHECK (version >= 1),
    CONSTRAINT ck_breach_invented_truth CHECK (invented IN (0, 1)),
    CONSTRAINT uq_breach_organisation_key UNIQUE (organisation, "key"),
    CONSTRAINT fk_breach_organisation FOREIGN KEY(organisation) REFERENCES organisation ("key") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT fk_breach_organisation_party FOREIGN KEY(organisation, party) REFERENCES party (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_breach_organisation_system FOREIGN KEY(organisation, system) REFERENCES system (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_breach_name_given CHECK (length(name) > 0),
    CONSTRAINT ck_breach_risk_word CHECK (risk IN ('unlikely', 'risk', 'high'))
);

CREATE TABLE breach__activities (
    organisation VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    member VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_breach__activities PRIMARY KEY (organisation, owner, member),
    CONSTRAINT fk_breach__activities_organisation_owner FOREIGN KEY(organisation, owner) REFERENCES breach (organisation, "key") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_breach__activities_organisation_member FOREIGN KEY(organisation, member) REFERENCES activity (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_breach__activities_position_counts CHECK (position >= 0)
)
 WITHOUT ROWID;

CREATE TABLE breach__customers (
    organisation VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    member VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_breach__customers PRIMARY KEY (organisation, owner, member),
    CONSTRAINT fk_breach__customers_organisation_owner FOREIGN KEY(organisation, owner) REFERENCES breach (organisation, "key") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_breach__customers_organisation_member FOREIGN KEY(organisation, member) REFERENCES party (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_breach__customers_position_counts CHECK (position >= 0)
)
 WITHOUT ROWID;

CREATE TABLE breach__data_categories (
    organisation VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    member VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_breach__data_categories PRIMARY KEY (organisation, owner, member),
    CONSTRAINT fk_breach__data_categories_organisation_owner FOREIGN KEY(organisation, owner) REFERENCES breach (organisation, "key") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_breach__data_categories_organisation_member FOREIGN KEY(organisation, member) REFERENCES data_category (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_breach__data_categories_position_counts CHECK (position >= 0)
)
 WITHOUT ROWID;

CREATE TABLE breach__subject_categories (
    organisation VARCHAR NOT NULL,
    owner VARCHAR NOT NULL,
    member VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT pk_breach__subject_categories PRIMARY KEY (organisation, owner, member),
    CONSTRAINT fk_breach__subject_categories_organisation_owner FOREIGN KEY(organisation, owner) REFERENCES breach (organisation, "key") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_breach__subject_categories_organisation_member FOREIGN KEY(organisation, member) REFERENCES subject_category (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_breach__subject_categories_position_counts CHECK (position >= 0)
)
 WITHOUT ROWID;

CREATE TABLE breach_notice (
    id INTEGER NOT NULL,
    organisation VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    source VARCHAR,
    note VARCHAR,
    invented BOOLEAN NOT NULL,
    breach VARCHAR NOT NULL,
    recipient VARCHAR NOT NULL,
    party VARCHAR,
    name VARCHAR,
    told VARCHAR,
    channel VARCHAR,
    reference VARCHAR,
    evidence VARCHAR,
    CONSTRAINT pk_breach_notice PRIMARY KEY (id),
    CONSTRAINT ck_breach_notice_key_given CHECK (length(key) > 0),
    CONSTRAINT ck_breach_notice_version_positive CHECK (version >= 1),
    CONSTRAINT ck_breach_notice_invented_truth CHECK (invented IN (0, 1)),
    CONSTRAINT uq_breach_notice_organisation_key UNIQUE (organisation, "key"),
    CONSTRAINT fk_breach_notice_organisation FOREIGN KEY(organisation) REFERENCES organisation ("key") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT fk_breach_notice_organisation_breach FOREIGN KEY(organisation, breach) REFERENCES breach (organisation, "key") ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_breach_notice_organisation_party FOREIGN KEY(organisation, party) REFERENCES party (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_breach_notice_breach_given CHECK (length(breach) > 0),
    CONSTRAINT ck_breach_notice_recipient_word CHECK (recipient IN ('authority', 'people', 'customer', 'other'))
);
