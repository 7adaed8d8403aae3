"""The record of Article 30 as linked data in the terms of the Data Privacy Vocabulary (DPV): one JSON-LD document.

The context stands in the document, so that nothing has to be fetched to read it. Each record has an IRI that stays:
`urn:ropa:ORGANISATION:KIND:KEY`. What people wrote is text (a literal) everywhere, never an IRI and never a key.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from ropa.exchange.dpv_entities import Entities, day_of, node
from ropa.exchange.dpv_terms import Node, dpv, ref
from ropa.records.activity import ActivityFields, RetentionFields
from ropa.records.engagement import EngagementFields
from ropa.records.register import Register
from ropa.records.transfer import TransferFields
from ropa.rules.period import Period


def write_dpv(register: Register, on: dt.date) -> str:
    """The record as JSON-LD text; `on` is the day that it is made for: which law binds then, and who works for it."""
    graph = _Graph(register, on).nodes()
    return json.dumps({"@context": dict(dpv()["prefixes"]), "@graph": graph}, indent=2, ensure_ascii=False) + "\n"


class _Graph(Entities):
    def nodes(self) -> list[Node]:
        """Every node of the document: the record, who and what is in it, its activities, and concepts of our own."""
        register = self.register
        parties = [self.party(each) for each in register.parties.values()]
        systems = [self.system(each) for each in register.systems.values()]
        activities = [self._activity(each) for each in register.activities.values()]
        transfers = [self._transfer(each) for each in register.transfers.values()]
        categories = [*self.data(), *self.subjects()]
        return [
            self._record(),
            self.organisation(),
            *parties,
            *systems,
            *categories,
            *self.documents(),
            *activities,
            *transfers,
            *self.concepts.own,
        ]

    def _record(self) -> Node:
        owner = self.register.organisation
        return node(
            f"urn:ropa:{owner.key}:record",
            ["dpv:DataProcessingRecord"],
            {
                "dct:title": f"Record of processing activities: {owner.name}",
                "dct:date": day_of(self.on),
                "dpv:hasResponsibleEntity": self.owner,
                "dpv:hasProcess": self.refs("activity", self.register.activities),
                "ropa:boundBy": list(self.register.regimes(self.on)),
            },
        )

    def _activity(self, activity: ActivityFields) -> Node:
        iri = self.iri("activity", activity.key)
        there = self.register.engagements_of(activity.key)
        engaged = [each for each in there if each.receives_data and _runs(each, self.on)]
        by_role = {role: _parties(engaged, role) for role in ("processor", "controller", "joint-controller")}
        by_role["joint-controller"] += activity.joint_controllers
        transfers = [each for each in self.register.transfers.values() if each.activity == activity.key]
        purposes = enumerate(activity.purposes, 1)
        named = enumerate((*activity.recipients, *activity.internal_recipients), 1)
        measures = enumerate(activity.security, 1)
        processing = enumerate(activity.processing, 1)
        controllers = self.refs("party", activity.controllers)
        controllers += [self.owner] if activity.role == "controller" else []
        joint = [*self.refs("party", dict.fromkeys(by_role["joint-controller"]))]
        joint += [self.owner] if activity.role == "joint-controller" else []
        processors = [
            *([self.owner] if activity.role == "processor" else []),
            *self.refs("party", by_role["processor"]),
        ]
        values = {
            "dct:identifier": activity.key,
            "dct:title": activity.name,
            "dct:description": activity.description,
            "ropa:role": activity.role,
            "ropa:businessFunction": activity.business_function,
            "dpv:hasDataController": controllers,
            "dpv:hasJointDataControllers": joint,
            "dpv:hasDataProcessor": processors,
            "dpv:hasRecipientDataController": self.refs("party", by_role["controller"]),
            "dpv:hasPurpose": [
                node(f"{iri}/purpose/{n}", ["dpv:Purpose"], {"dct:title": text}) for n, text in purposes
            ],
            "dpv:hasProcessing": [
                *(node(f"{iri}/processing/{n}", ["dpv:Processing"], {"dct:title": text}) for n, text in processing),
                *self.refs("transfer", (each.key for each in transfers)),
            ],
            "dpv:hasDataSubject": self.refs("subject_category", activity.subject_categories),
            "dpv:hasPersonalData": self.refs("data_category", activity.data_categories),
            "dpv:hasRecipient": [
                node(f"{iri}/recipient/{n}", ["dpv:Recipient"], {"dct:title": text}) for n, text in named
            ],
            "dpv:hasLegalBasis": self._bases(activity),
            "dpv:hasStorageCondition": [self._retention(each) for each in self.register.retention_of(activity.key)],
            "dpv:hasTechnicalOrganisationalMeasure": [
                node(f"{iri}/measure/{n}", ["dpv:TechnicalOrganisationalMeasure"], {"dct:title": text})
                for n, text in measures
            ],
            "dpv:hasThirdCountry": self.places(dict.fromkeys(each.country for each in transfers if each.country)),
            "dpv:isImplementedUsingTechnology": self.refs("system", activity.systems),
            "ropa:dataSource": activity.data_source,
            "ropa:automatedDecisions": activity.automated_decisions,
            "dpv:hasStatus": ref(dpv()["dpia"][activity.dpia]) if activity.dpia else None,
            "dpv:hasImpactAssessment": self.ref("document", activity.dpia_document),
            "dpv:hasAssessment": self.refs("document", self._assessments(activity)),
            "ropa:since": day_of(activity.since),
            "ropa:until": day_of(activity.until),
        }
        return node(iri, ["dpv:PersonalDataProcess"], values)

    def _bases(self, activity: ActivityFields) -> list[Node]:
        bases = (self.concepts.lawful_basis(each.basis) for each in self.register.lawful_bases_of(activity.key))
        conditions = (self.concepts.condition(each.condition) for each in self.register.conditions_of(activity.key))
        found = [node for nodes in (*bases, *conditions) for node in nodes]
        return list({node["@id"]: node for node in found}.values())

    def _assessments(self, activity: ActivityFields) -> Iterable[str]:
        bases = self.register.lawful_bases_of(activity.key)
        return dict.fromkeys(each.assessment for each in bases if each.assessment)

    def _retention(self, rule: RetentionFields) -> Node:
        length: Any = None
        if rule.period:
            iso = str(Period.parse(rule.period))
            length = {"@value": iso, "@type": "xsd:duration"} if iso.startswith("P") else iso
        sorts = ["dpv:StorageDuration"]
        sorts += ["dpv:TemporalDuration"] if rule.period else ["dpv:UntilEventDuration"] if rule.until else []
        values = {
            "rdf:value": length,
            "ropa:countedFrom": rule.trigger,
            "ropa:untilEvent": rule.until,
            "ropa:asStated": rule.stated,
            "dpv:hasPersonalData": self.refs("data_category", rule.data_categories),
        }
        return node(self.iri("retention", rule.key), sorts, values)

    def _transfer(self, transfer: TransferFields) -> Node:
        safeguards = self.register.safeguards_of(transfer.key)
        tools = [each.instrument for each in safeguards]
        terms = [node for tool in tools for node in self.concepts.instrument(tool, transfer.country)]
        values = {
            "dpv:hasDataExporter": self.ref("party", transfer.exporter) or self.owner,
            "dpv:hasDataImporter": self.ref("party", transfer.importer),
            "dpv:hasThirdCountry": self.place(transfer.country),
            "dpv:hasPersonalData": self.refs("data_category", transfer.data_categories),
            "dpv:hasLegalBasis": list({node["@id"]: node for node in terms}.values()),
            "ropa:suitableSafeguards": [each.suitable for each in safeguards if each.suitable],
            "ropa:asStated": transfer.stated,
        }
        return node(self.iri("transfer", transfer.key), ["dpv:CrossBorderTransfer"], values)


def _runs(each: EngagementFields, on: dt.date) -> bool:
    return (each.since is None or each.since <= on) and (each.until is None or on <= each.until)


def _parties(engaged: Iterable[EngagementFields], role: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.party for each in engaged if each.role == role))
