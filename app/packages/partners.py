"""Partners on other computers: their receiving keys, each made sure of by the digits that its holder reads out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.door import Door
from app.errors import InputError, NotAllowed
from app.i18n import Texts, now
from app.model.change import Change, added
from app.model.identity import new_id
from app.model.meeting import Meeting
from app.model.partner_key import PartnerKey
from app.model.people import Worker
from app.model.receiving_key import is_fingerprint, key_in
from app.ports import Store


@dataclass(frozen=True, slots=True)
class Partner:
    """A worker on another computer and the key that counts; `earlier` are those that ended, the newest last."""

    person: Worker
    key: PartnerKey
    earlier: tuple[PartnerKey, ...] = ()


def partners(store: Store) -> tuple[Partner, ...]:
    """Those whose key the signed-in worker made sure of, by name; who has none that counts is not told."""
    held: dict[str, list[PartnerKey]] = {}
    for one in sorted(store.find(PartnerKey, worker_id=store.me), key=lambda key: (key.confirmed, key.id)):
        held.setdefault(one.person_id, []).append(one)
    found = []
    for person_id, keys in held.items():
        counts = [one for one in keys if one.is_in_use]
        if counts:
            ended = tuple(one for one in keys if not one.is_in_use)
            found.append(Partner(store.get(Worker, person_id), counts[-1], ended))
    return tuple(sorted(found, key=lambda partner: (partner.person.name.casefold(), partner.person.id)))


def key_of_partner(store: Store, meeting: Meeting) -> PartnerKey:
    """The key of the one who codes the meeting with the signed-in worker.

    Raises NotAllowed: `package-not-yours` for a worker who does not code it, `package-no-key` when none counts.
    """
    if store.me not in meeting.coders:
        raise NotAllowed("package-not-yours")
    found = {partner.person.id: partner.key for partner in partners(store)}
    partner = meeting.partner_of(store.me)
    if partner not in found:
        raise NotAllowed("package-no-key")
    return found[partner]


def namesakes(store: Store, name: str) -> tuple[Partner, ...]:
    """Partners who are called the same: another key of theirs may be a changed one, or another person's."""
    return tuple(p for p in partners(store) if p.person.name.casefold() == name.strip().casefold())


def add_partner(door: Door, texts: Texts, own: str, name: str, text: str, heard: str) -> PartnerKey:
    """A partner whose key stands in `text`, when the digits `heard` by phone are its own. `own` is one's own key.

    Somebody whose key a colleague in this archive made sure of already is that same person here.

    Raises InputError: `partner-name-missing`, `receiving-key-own`, `partner-key-known`, `fingerprint-differs`, and as
    `key_in`; then nothing was changed.
    """
    name = name.strip()
    if not name:
        raise InputError("partner-name-missing")
    key = _made_sure(door.store, own, text, heard)
    same = next(iter(door.store.find(PartnerKey, receiving_key=key)), None)
    person = Worker(new_id(), name) if same is None else door.store.get(Worker, same.person_id)
    made = PartnerKey(new_id(), door.store.me, person.id, key, now())
    changes = [added(made)] if same is not None else [added(person), added(made)]
    door.write(texts.tr("Partner's key added"), changes, act="create")
    return made


def replace_key(door: Door, texts: Texts, own: str, partner: Partner, text: str, heard: str) -> PartnerKey:
    """A partner's new key in the place of the one before, which counts no more. Raises InputError as `add_partner`."""
    key = _made_sure(door.store, own, text, heard)
    if any(one.person_id != partner.person.id for one in door.store.find(PartnerKey, receiving_key=key)):
        raise InputError("partner-key-known")
    made = PartnerKey(new_id(), door.store.me, partner.person.id, key, now())
    door.write(texts.tr("Partner's key replaced"), [_end(partner.key), added(made)])
    return made


def end_key(door: Door, texts: Texts, partner: Partner) -> None:
    """A partner's key counts no more: nothing is sealed for it, and nothing that it sealed is taken in."""
    door.write(texts.tr("Partner's key ended"), [_end(partner.key)])


def _end(key: PartnerKey) -> Change:
    if not key.is_in_use:
        raise NotAllowed("partner-key-fixed")
    return Change(key, replace(key, ended=now()))


def _made_sure(store: Store, own: str, text: str, heard: str) -> str:
    key = key_in(text)
    if key == own:
        raise InputError("receiving-key-own")
    if any(one.is_in_use for one in store.find(PartnerKey, worker_id=store.me, receiving_key=key)):
        raise InputError("partner-key-known")
    if not is_fingerprint(heard, key):
        raise InputError("fingerprint-differs")
    return key
