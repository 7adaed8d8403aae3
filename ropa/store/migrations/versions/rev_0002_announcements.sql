-- Vendors' announcements; what a change's life, an override and the proof of a notice need.
CREATE TABLE announcement (
    id INTEGER NOT NULL,
    organisation VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    source VARCHAR,
    note VARCHAR,
    invented BOOLEAN NOT NULL,
    name VARCHAR NOT NULL,
    vendor VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    about VARCHAR,
    received DATE,
    channel VARCHAR,
    evidence VARCHAR,
    effective DATE,
    object_by DATE,
    window VARCHAR,
    decision VARCHAR,
    decided DATE,
    decided_by VARCHAR,
    grounds VARCHAR,
    CONSTRAINT pk_announcement PRIMARY KEY (id),
    CONSTRAINT ck_announcement_key_given CHECK (length(key) > 0),
    CONSTRAINT ck_announcement_version_positive CHECK (version >= 1),
    CONSTRAINT ck_announcement_invented_truth CHECK (invented IN (0, 1)),
    CONSTRAINT uq_announcement_organisation_key UNIQUE (organisation, "key"),
    CONSTRAINT fk_announcement_organisation FOREIGN KEY(organisation) REFERENCES organisation ("key") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT fk_announcement_organisation_vendor FOREIGN KEY(organisation, vendor) REFERENCES party (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_announcement_organisation_about FOREIGN KEY(organisation, about) REFERENCES party (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_announcement_name_given CHECK (length(name) > 0),
    CONSTRAINT ck_announcement_vendor_given CHECK (length(vendor) > 0),
    CONSTRAINT ck_announcement_kind_word CHECK (kind IN ('add', 'replace', 'remove', 'new-location', 'new-activity', 'new-data', 'new-legal-entity', 'rename', 'emergency')),
    CONSTRAINT ck_announcement_decision_word CHECK (decision IN ('accepted', 'objected', 'not-concerned'))
);

CREATE TABLE change_0002 (
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
    beneath VARCHAR,
    announcement VARCHAR,
    new_name VARCHAR,
    service VARCHAR,
    countries JSON NOT NULL,
    safeguard VARCHAR,
    reason VARCHAR,
    proposed DATE,
    approved DATE,
    approved_by VARCHAR,
    effective DATE,
    withdrawn DATE,
    withdrawn_because VARCHAR,
    override JSON,
    state VARCHAR NOT NULL,
    CONSTRAINT pk_change PRIMARY KEY (id),
    CONSTRAINT ck_change_key_given CHECK (length(key) > 0),
    CONSTRAINT ck_change_version_positive CHECK (version >= 1),
    CONSTRAINT ck_change_invented_truth CHECK (invented IN (0, 1)),
    CONSTRAINT uq_change_organisation_key UNIQUE (organisation, "key"),
    CONSTRAINT fk_change_organisation FOREIGN KEY(organisation) REFERENCES organisation ("key") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT fk_change_organisation_party FOREIGN KEY(organisation, party) REFERENCES party (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_change_organisation_replaces FOREIGN KEY(organisation, replaces) REFERENCES party (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_change_organisation_beneath FOREIGN KEY(organisation, beneath) REFERENCES party (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_change_organisation_announcement FOREIGN KEY(organisation, announcement) REFERENCES announcement (organisation, "key") ON DELETE NO ACTION ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_change_name_given CHECK (length(name) > 0),
    CONSTRAINT ck_change_kind_word CHECK (kind IN ('add', 'replace', 'remove', 'new-location', 'new-activity', 'new-data', 'new-legal-entity', 'rename', 'emergency')),
    CONSTRAINT ck_change_party_given CHECK (length(party) > 0),
    CONSTRAINT ck_change_state_word CHECK (state IN ('proposed', 'approved', 'notified', 'effective', 'withdrawn'))
);

INSERT INTO change_0002 (id, organisation, version, "key", source, note, invented, name, kind, party, replaces, service, countries, safeguard, reason, proposed, effective, state)
SELECT id, organisation, version, "key", source, note, invented, name, kind, party, replaces, service, countries, safeguard, reason, proposed, effective, state FROM change;

DROP TABLE change;

ALTER TABLE change_0002 RENAME TO change;

ALTER TABLE notice ADD COLUMN fingerprint VARCHAR;

ALTER TABLE notice ADD COLUMN told DATE;

ALTER TABLE notice ADD COLUMN remedy VARCHAR;
