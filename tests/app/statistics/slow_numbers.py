"""The numbers of one coding once more, instant by instant in plain loops, for small whole times.

Written from the definitions in the domain document and the docstrings alone; knows nothing of the program's statistics.
An act is (person, code, start, end or None); a stretch is (start, end); times are small whole numbers.
"""

from fractions import Fraction

GROUPS = {"DS1": "D", "DS2": "D", "DS3": "D", "XA": "X", "XB": "X"}
DIMENSIONS = {"AS": "S", "AE": "E", "AM": "E", "CE": "E", "LA": "E", "LB": "E"}
POINTS = {"AS", "AE", "AM", "CE"}
DARK = "DS0"


def instants(window, acts):
    """Every instant that is covered and could be coded."""
    seen = {x for start, end in window for x in range(start, end)}
    return seen - {x for _, code, start, end in acts if code == DARK and end is not None for x in range(start, end)}


def middle(values):
    values = sorted(values)
    if not values:
        return None
    n = len(values) // 2
    return Fraction(values[n]) if len(values) % 2 else Fraction(values[n - 1] + values[n], 2)


def time_of(act):
    _, code, start, end = act
    return set() if end is None or code in POINTS else set(range(start, end))


def summary(acts, window, tasks):
    """By (task, person, dimension, code): count, codable time, duration, median."""
    seen, acts = instants(window, acts), [a for a in acts if a[1] != DARK]
    rows = {}
    keys = {(p, DIMENSIONS.get(c, ""), c) for p, c, _, _ in acts}
    keys |= {(p, d, "") for p, d, _ in keys if d}
    for place, part in [(None, seen), *((n, seen & set(range(*t))) for n, t in enumerate(tasks))]:
        for person, dimension, code in keys:
            own = [
                a for a in acts
                if a[0] == person and (a[1] == code if code else DIMENSIONS.get(a[1], "") == dimension)
            ]  # fmt: skip
            begun = [a for a in own if a[2] in part]
            on = set().union(*(time_of(a) for a in own)) & part
            lengths = [len(time_of(a) & seen) for a in begun if time_of(a)]
            rows[place, person, dimension, code] = (len(begun), len(part), len(on), middle(lengths))
    return rows


def answers(acts, window, tasks, seeks, replies, w):
    """By task: seeks, answered, unanswered, unseen, sorted latencies."""
    seen, rows = instants(window, acts), {}
    for place, part in [(None, seen), *((n, seen & set(range(*t))) for n, t in enumerate(tasks))]:
        times, unanswered, unseen = [], 0, 0
        begun = [a for a in acts if a[1] in seeks and a[2] in part]
        for _, _, t, _ in begun:
            for x in range(t, t + w):
                if x not in seen:
                    unseen += 1
                    break
                if any(code in replies and start == x for _, code, start, _ in acts):
                    times.append(x - t)
                    break
            else:
                unanswered += 1
        rows[place] = (len(begun), len(times), unanswered, unseen, tuple(sorted(times)))
    return rows


def on_at(acts, seen, person, group):
    """What of a group is on at every codable instant: of several the one that began last, then the later in order."""
    found = {}
    for who, code, start, end in sorted(acts, key=lambda a: (a[2], a[1], a[3] or 0)):
        if who == person and GROUPS.get(code) == group and end is not None:
            found |= {x: code for x in range(start, end) if x in seen}
    return found


def transitions(acts, window, tasks, person, group):
    """By (task, before, after): how often."""
    seen = instants(window, acts)
    on, rows = on_at(acts, seen, person, group), {}
    for x, after in on.items():
        before = on.get(x - 1)
        if before is not None and before != after:
            for place, (start, end) in [(None, (-(10**6), 10**6)), *enumerate(tasks)]:
                if start <= x < end:
                    rows[place, before, after] = rows.get((place, before, after), 0) + 1
    return rows


def reconnections(acts, window, tasks, person):
    """By task: times out, returned, sorted times from the beginning of DS3 to the return."""
    seen, rows = instants(window, acts), {}
    on = on_at(acts, seen, person, "D")
    for place, (low, high) in [(None, (-(10**6), 10**6)), *enumerate(tasks)]:
        out, returned, times = 0, 0, []
        for x in sorted(on):
            if on[x] != "DS3" or on.get(x - 1) == "DS3" or not low <= x < high:
                continue
            out += 1
            end = x
            while on.get(end) == "DS3":
                end += 1
            if on.get(end) in ("DS1", "DS2"):
                returned += 1
                begun = any(a[0] == person and a[1] == "DS3" and a[2] == x and a[3] is not None for a in acts)
                if x - 1 in seen or begun:
                    times.append(end - x)
        rows[place] = (out, returned, tuple(sorted(times)))
    return rows


def following(acts, window, tasks, w, name):
    """By (task, antecedent, target): antecedents with a whole window, those followed, share of moments followed.

    `name(act)` gives an event's key or None.
    """
    seen, rows = instants(window, acts), {}
    whole = {x for x in seen if all(y in seen for y in range(x, x + w))}
    events = [
        (name(a), a[2], n) for n, a in enumerate(acts) if (a[3] is None or a[1] in POINTS) and a[2] in seen and name(a)
    ]  # fmt: skip
    keys = {key for key, _, _ in events}
    for place, part in [(None, whole), *((n, whole & set(range(*t))) for n, t in enumerate(tasks))]:
        for antecedent in keys:
            for target in keys:
                counted = [(t, n) for key, t, n in events if key == antecedent and t in part]
                hits = sum(any(k == target and m != n and t <= u < t + w for k, u, m in events) for t, n in counted)
                reached = [x for x in part if any(k == target and x <= u < x + w for k, u, _ in events)]
                base = Fraction(len(reached), len(part)) if part else None
                rows[place, antecedent, target] = (len(counted), hits, base)
    return rows
