"""Writes the clickstream: events of a web shop's visitors as JSON lines, some of them bad. Needs Python alone."""

import json
import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

SEED = 7
EVENTS = 4_000
START = datetime(2021, 8, 31, tzinfo=UTC)
DAYS = 3
CUSTOMERS = [str(number) for number in range(1230, 1270)]
SKEW = 0.9
DEVICES = {"mobile": 8, "desktop": 6, "tablet": 3, "tv": 2, "watch": 1}
ACTIONS = {
    "user_viewed_page": 10,
    "user_searched": 6,
    "user_added_to_cart": 4,
    "user_clicked_submit_button": 3,
    "user_signed_in": 2,
    "user_rated_product": 1,
}
COUNTRIES = {"US": 8, "IN": 4, "DE": 3, "BR": 3, "JP": 2, "GB": 2, "NG": 1}
SHARE_BACK_TO_BACK = 0.02
SHARE_LATE = 0.05
LONGEST_LATENESS = 6 * 3600

# Sound records whose customer must not be taken literally in an object key.
HOSTILE_CUSTOMERS = [
    "../",
    "..",
    ".",
    "/",
    "../../errors/1234",
    "a/b",
    "a:b=c",
    "customer_id=1234",
    " ",
    "!{timestamp:yyyy}",
    "%2E%2E%2F",
    "__HIVE_DEFAULT_PARTITION__",
    "a\\b",
    'a"b',
    "*?#^[]`<>|&",
    "a\nb",
    "a\x00b",
    "\u202egpj.exe",
    "ÄÖÜß",
    "顧客",
    "😀",
    "x" * 300,
]


def write(folder: Path) -> None:
    """Writes one file per day of arrival, and prints how many records of each kind there are."""
    rng = random.Random(SEED)
    records = [_event(rng, index) for index in range(EVENTS)]
    _put_odd_ones_between(rng, records)
    folder.mkdir(parents=True, exist_ok=True)
    for day in range(DAYS):
        date = (START + timedelta(days=day)).date()
        of_day = [text for arrived, _, text in records if arrived.date() == date]
        (folder / f"{date}.jsonl").write_bytes(_lines(rng, of_day))
    for kind, count in sorted(Counter(kind for _, kind, _ in records).items()):
        print(f"{count:6} {kind}")


def _event(rng: random.Random, index: int) -> tuple[datetime, str, bytes]:
    arrived = START + timedelta(days=DAYS) * index / EVENTS
    lateness = rng.randrange(LONGEST_LATENESS) if rng.random() < SHARE_LATE else rng.randrange(3)
    weights = [1 / (rank + 1) ** SKEW for rank in range(len(CUSTOMERS))]
    happened = max(arrived - timedelta(seconds=lateness), START)
    event = {
        "type": {"device": _draw(rng, DEVICES), "event": _draw(rng, ACTIONS)},
        "customer_id": rng.choices(CUSTOMERS, weights)[0],
        "event_timestamp": int(happened.timestamp()),
        "geo": _draw(rng, COUNTRIES),
    }
    return arrived, "good", _json(event)


def _draw(rng: random.Random, weighted: dict[str, int]) -> str:
    return rng.choices(list(weighted), list(weighted.values()))[0]


def _put_odd_ones_between(rng: random.Random, records: list[tuple[datetime, str, bytes]]) -> None:
    odd = [("hostile customer", _with(records, rng, customer_id=customer)) for customer in HOSTILE_CUSTOMERS]
    odd += _of_the_posts()
    odd += _without_a_key(records, rng)
    odd += _not_json(records, rng)
    for kind, text in odd:
        place = rng.randrange(len(records))
        records.insert(place, (records[place][0], kind, text))


def _of_the_posts() -> list[tuple[str, bytes]]:
    """The two examples of the post that made dynamic partitioning known, as they stand there and as they were meant."""
    missing_comma = (
        '{ "type": { "device": "mobile", "event": "user_clicked_submit_button" },'
        ' "customer_id": "1234", "event_timestamp": 1630442383 "geo": "US" }'
    )
    return [
        ("good", missing_comma.replace("83 ", "83, ").encode()),
        ("not JSON", missing_comma.encode()),
        ("no customer", b'{"customerID": 1000}'),
        ("not JSON", "{“customerID”: 1000}".encode()),
    ]


def _without_a_key(records: list[tuple[datetime, str, bytes]], rng: random.Random) -> list[tuple[str, bytes]]:
    def changed(change: Callable[[dict], object]) -> bytes:
        event = json.loads(records[rng.randrange(1000)][2])
        change(event)
        return _json(event)

    return [
        ("no customer", changed(lambda event: event.pop("customer_id"))),
        ("no customer", changed(lambda event: event.update(customer_id=None))),
        ("no customer", changed(lambda event: event.update(customer_id=""))),
        ("customer is no text", changed(lambda event: event.update(customer_id=1234))),
        ("customer is no text", changed(lambda event: event.update(customer_id=["1234"]))),
        ("customer is no text", changed(lambda event: event.update(customer_id={"id": "1234"}))),
        *[("no device", changed(lambda event: event["type"].pop("device"))) for _ in range(5)],
        ("no device", changed(lambda event: event.pop("type"))),
        ("no device", changed(lambda event: event.update(type="mobile"))),
        ("bad time", changed(lambda event: event.pop("event_timestamp"))),
        ("bad time", changed(lambda event: event.update(event_timestamp="yesterday"))),
        ("bad time", changed(lambda event: event.update(event_timestamp=10**18))),
    ]


def _not_json(records: list[tuple[datetime, str, bytes]], rng: random.Random) -> list[tuple[str, bytes]]:
    sound = records[rng.randrange(1000)][2]
    return [
        ("not JSON", sound[: len(sound) * 2 // 3]),
        ("not JSON", sound[1:]),
        ("not JSON", b"device=mobile&customer_id=1234"),
        ("not JSON", sound.replace(b'"geo":"', b'"geo":"\xff\xfe')),
        ("no object", b'"1234"'),
        ("no object", b"[1234]"),
    ]


def _with(records: list[tuple[datetime, str, bytes]], rng: random.Random, **fields: str) -> bytes:
    return _json(json.loads(records[rng.randrange(1000)][2]) | fields)


def _json(value: dict) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _lines(rng: random.Random, records: list[bytes]) -> bytes:
    """One record a line; but in places the next one or two stand right behind it, as Kinesis producers send them."""
    out = bytearray()
    glued = 0
    for record, following in zip(records, [*records[1:], b""]):
        out += record
        sound = _is_object(record) and _is_object(following)
        if sound and glued < 2 and rng.random() < (0.5 if glued else SHARE_BACK_TO_BACK):
            glued += 1
            out += rng.choice([b"", b"", b" "])
        else:
            glued = 0
            out += b"\n"
    return bytes(out)


def _is_object(text: bytes) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
