"""Edits of true sentences: some keep the truth, most turn it. Standard library only."""

import re

OPPOSITES = {}
for pair in """rose fell;increased decreased;increase decrease;higher lower;more fewer;before after;accepted rejected;won lost;
supported opposed;support opposition;first last;approved rejected;confirmed denied;gained lost;opened closed;began ended;
early late;north south;east west;northern southern;eastern western;up down;above below;agreed refused;allowed banned;
buy sell;bought sold;larger smaller;most least;majority minority;success failure;succeeded failed;improved worsened;
strong weak;young old;public private;old new;long short;male female;men women;father mother;son daughter;brother sister;
husband wife;friend enemy;arrived left;joined left;acquitted convicted;guilty innocent;legal illegal;safe dangerous;
possible impossible;likely unlikely;domestic foreign;open secret;major minor;maximum minimum;best worst;better worse;
always never;all some;many few;both neither;local national;victory defeat;profit loss;growth decline;raised cut;
praised criticised;welcomed condemned;appointed dismissed;hired fired;borrowed lent;export import;exports imports;
lender borrower;teacher student;employer employee;seller buyer;attacked defended;encouraged discouraged;include exclude;
included excluded;remembered forgot;started stopped;start stop;strengthened weakened;expanded shrank;winner loser;
positive negative;present absent;inside outside;morning evening;summer winter;daily weekly;monthly yearly;
million billion;thousand million;may will;might will;could did;planned completed;some all;partly fully;
rarely often;less more;under over;temporary permanent;voluntary compulsory;lifted imposed;granted refused""".replace("\n", "").split(";"):
    a, b = pair.split()
    OPPOSITES.setdefault(a, b)
    OPPOSITES.setdefault(b, a)

NAME = re.compile(
    r"(?<![.!?]\s)(?<!^)\b(?:[A-Z][a-z]+(?:\s(?:of\s|the\s|de\s|van\s|al-)?[A-Z][a-z]+){0,3}|[A-Z]{2,6})\b"
)
NUMBER = re.compile(r"\b\d[\d,.]*\d|\b\d\b")
MONTHS = (
    "January February March April May June July August September October November December"
    " Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
).split()
AUXILIARY = re.compile(r"\b(is|are|was|were|will|would|can|could|should|has|have|had|did|does|may|might|must)\b(?! not)")
SPLIT = re.compile(r"\s(was|were|is|are|has|have|had|will|would|said|told|could|can|did)\s")


def names(sentence):
    return [m.group() for m in NAME.finditer(sentence)]


def other_number(text, r):
    """Another number, or none."""
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        return None
    if 1900 <= value <= 2030 and len(text) == 4:
        return str(int(value) + r.choice([-3, -2, -1, 1, 2, 3]))
    other = value * r.choice([0.5, 0.8, 1.3, 2, 3]) + r.choice([0, 1])
    out = f"{other:,.1f}" if "." in text else f"{int(other):,}" if "," in text else str(int(other))
    return out if out != text else None


def edits(sentence, document_names, r):
    """A list of (outcome, sentence): "contradicted", or "other" where the document may say nothing of it."""
    out, words = [], sentence.split()
    at = [i for i, w in enumerate(words) if w.strip(".,;:").lower() in OPPOSITES]
    if at:
        i = r.choice(at)
        core = words[i].strip(".,;:")
        other = OPPOSITES[core.lower()]
        other = other.capitalize() if core[0].isupper() else other
        out.append(("contradicted", " ".join(words[:i] + [words[i].replace(core, other)] + words[i + 1 :])))
    found = list(AUXILIARY.finditer(sentence))
    if found:
        m = r.choice(found)
        out.append(("contradicted", sentence[: m.end()] + r.choice([" not", " never", " not"]) + sentence[m.end() :]))
    found = list(re.finditer(r"\b(not|never) ", sentence))
    if found:
        m = r.choice(found)
        out.append(("contradicted", sentence[: m.start()] + sentence[m.end() :]))
    places = [(m.start(), m.end(), m.group()) for m in NAME.finditer(sentence)]
    if len(places) >= 2:
        a, b = sorted(r.sample(places, 2))
        between = sentence[a[1] : b[0]]
        is_list = re.fullmatch(r"[\s,]*(and|or)?[\s,]*", between)
        if a[2] not in b[2] and b[2] not in a[2] and a[2] not in MONTHS and b[2] not in MONTHS and not is_list:
            out.append(("other", sentence[: a[0]] + b[2] + between + a[2] + sentence[b[1] :]))
    if places:
        a = r.choice(places)
        fit = [n for n in document_names if n not in sentence and a[2] not in n and (n in MONTHS) == (a[2] in MONTHS)]
        if fit:
            out.append(("other", sentence[: a[0]] + r.choice(fit) + sentence[a[1] :]))
    numbers = list(NUMBER.finditer(sentence))
    if numbers:
        m = r.choice(numbers)
        other = other_number(m.group(), r)
        if other:
            out.append(("contradicted", sentence[: m.start()] + other + sentence[m.end() :]))
    if len(numbers) >= 2:
        a, b = sorted(r.sample(numbers, 2), key=lambda m: m.start())
        if a.group() != b.group():
            swapped = sentence[: a.start()] + b.group() + sentence[a.end() : b.start()] + a.group() + sentence[b.end() :]
            out.append(("contradicted", swapped))
    dates = [w.strip(".,") for w in words if w.strip(".,") in MONTHS]
    if dates:
        date = r.choice(dates)
        pool = MONTHS[:12] if date in MONTHS[:12] else MONTHS[12:]
        out.append(("contradicted", sentence.replace(date, r.choice([p for p in pool if p != date]), 1)))
    return out


def conflated(a, b):
    """The subject of one sentence with what another says of its own; none where that makes no sense."""
    x, y = SPLIT.search(a), SPLIT.search(b)
    if not x or not y or a == b:
        return None
    subject, rest, theirs = a[: x.start()], b[y.start() :], b[: y.start()]
    if len(subject.split()) > 9 or not 3 <= len(rest.split()) <= 28 or theirs.lower().split()[-1:] == subject.lower().split()[-1:]:
        return None
    if re.match(r"(it|he|she|they|this|that|there|we|i|you)$", subject.lower()):
        return None
    return subject + rest


def lightened(sentence, r):
    """A sentence that follows from the given one: an adjunct less."""
    if r.random() < 0.4:
        return sentence
    out = re.sub(r"\s*\([^)]*\)", "", sentence)
    if r.random() < 0.5:
        out = re.sub(r", (who|which|where|whose|including|such as)\b[^,]*(,|(?=[.!?]$))", "", out, count=1)
    if r.random() < 0.35:
        m = re.match(r"^(.{30,}?), (and|but|while|although|because|as|after|when|with)\b.*$", out)
        out = m.group(1) + "." if m else out
    if r.random() < 0.2:
        out = re.sub(r"^(On|In|At|By) [^,]{3,30}, (\w)", lambda m: m.group(2).upper(), out)
    return out if len(out.split()) >= 5 else sentence
