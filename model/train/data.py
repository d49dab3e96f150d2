"""Reads labelled data and makes examples of it. Standard library only.

An example of entailment is `Pair(claim, context, evidence, outcome, weight)`. `outcome` is an index into
`network.OUTCOMES`, or `NOT_ENTAILED` where a set only says that the evidence does not carry the claim.

Labelled claims come from `cargo bench --bench pairs`, with the passages that the product reads; contrasts are made here
from the documents themselves.

Parts: of `tests/claims`, passages whose number ends in 1 are the test part, which nothing is trained or tuned on, and
those in 2 the tuning part, from which the weights of the score are learned. Of the public train sets every fifth
document is in the tuning part.
"""

import collections
import hashlib
import json
import math
import random
import re
from pathlib import Path

import edits

ROOT = Path(__file__).resolve().parents[2]
CLAIMS = ROOT / "tests" / "claims"
PUBLIC = ROOT.parent / "shared" / "eval"
PUBLIC_SETS = ["wice", "defacto", "expertqa", "factcheck_gpt", "fm2", "summedits"]
ENTAILED, CONTRADICTED, NEITHER, NOT_ENTAILED = 0, 1, 2, 3
OUTCOME = {"supported": ENTAILED, "contradicted": CONTRADICTED, "unsupported": NEITHER, "partial": NOT_ENTAILED}
# Words of evidence; the product packs by tokens, of which a word has about 1.35.
MOST_WORDS = 118

Pair = collections.namedtuple("Pair", "claim context evidence outcome weight")
Sentence = collections.namedtuple("Sentence", "sentence before after kind")

WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9'’.,%-]*[A-Za-z0-9%]|[A-Za-z0-9]")
STOP = set(
    "a an the of in on at to for and or but is are was were be been by with from that this it its as he she they his her"
    " their has have had not no will would which who whom also said says than then there into over after before about up"
    " out so if when while we i you".split()
)


def sentences(text):
    text = re.sub(r"[ \t]+", " ", text)
    parts = re.split(r"(?<=[.!?])[\"”’)]?\s+(?=[\"“‘(]?[A-Z0-9])|\n+", text)
    return [s.strip() for s in parts if s.strip()]


def stem(word):
    word = word.lower().replace("’", "'")
    for ending in ("'s", "ing", "edly", "ed", "ies", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def terms(text):
    return [t for t in map(stem, WORD.findall(text)) if t not in STOP]


class Document:
    """The sentences of a document or of several, and which of them are evidence for a claim (BM25)."""

    def __init__(self, sources):
        self.sentences, self.titles = [], []
        for title, text in sources:
            own = sentences(text)
            self.sentences += own
            self.titles += [title] * len(own)
        self.terms = [collections.Counter(terms(s)) for s in self.sentences]
        self.lengths = [len(s.split()) for s in self.sentences]
        self.frequency = collections.Counter(t for counts in self.terms for t in counts)

    def evidence(self, claim, most=MOST_WORDS, without=()):
        picked = range(len(self.sentences))
        if sum(self.lengths) > most or without:
            picked = self.best(claim, most, without)
        out, title = [], None
        for at in picked:
            if self.titles[at] and self.titles[at] != title:
                out.append(self.titles[at] + ":")
            title = self.titles[at]
            out.append(" ".join(self.sentences[at].split()[:70]))
        return " ".join(out)

    def best(self, claim, most, without=()):
        count, wanted = len(self.sentences), set(terms(claim))
        scores = []
        for counts, length in zip(self.terms, self.lengths):
            score = 0.0
            for term in sorted(wanted & counts.keys()):
                rare = math.log(1 + (count - self.frequency[term] + 0.5) / (self.frequency[term] + 0.5))
                score += rare * counts[term] * 2.2 / (counts[term] + 1.2 * (0.4 + 0.6 * length / 22))
            scores.append(score)
        near = [
            s + 0.25 * ((scores[i - 1] if i else 0) + (scores[i + 1] if i + 1 < count else 0)) for i, s in enumerate(scores)
        ]
        picked, used = [], 0
        for at in sorted(range(count), key=lambda i: (-near[i], i)):
            if at in without:
                continue
            length = min(self.lengths[at], 70)
            if used + length > most and picked:
                break
            picked.append(at)
            used += length
        return sorted(picked)


def read(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def part(passage):
    return {1: "test", 2: "tuning"}.get(int(passage.split("-")[-1]) % 10, "train")


def passages(want, claims=CLAIMS):
    for path in sorted(claims.glob("*.jsonl")):
        if not path.stem.startswith("kinds"):
            for passage in read(path):
                if part(passage["id"]) == want:
                    yield path.stem, passage


def sources(passage):
    if "sources" in passage:
        return [(f"{s['title']} ({s['date']})" if s.get("date") else s["title"], s["text"]) for s in passage["sources"]]
    return [("", passage["text"])]


def pairs(path):
    """What `cargo bench --bench pairs` wrote: labelled claims with what the product reads beside each."""
    return read(path)


def is_public(row):
    return "/" in row["set"]


def part_of(row):
    """Of the public train sets every fifth document is for tuning."""
    if not is_public(row):
        return part(row["id"].split(".")[0])
    if row["set"].endswith("/dev"):
        return "test"
    return "tuning" if int(hashlib.sha256(row["document"].encode()).hexdigest(), 16) % 5 == 0 else "train"


def excerpt(row, r=None):
    """What the product reads; with `r`, perhaps a shorter excerpt that has as many of the claim's words. As much is learned
    from it in less time."""
    longest = row["excerpts"][0]
    if not r:
        return longest
    own = set(terms(row["claim"]))
    held = len(own & set(terms(longest)))
    fit = [e for e in row["excerpts"] if len(own & set(terms(e))) >= held]
    return r.choice(fit + fit[1:])


def labelled(rows, r=None):
    """Pairs. With `r`, some claims get another claim of their passage before them, which must not matter."""
    of_passage = collections.defaultdict(list)
    for row in rows:
        of_passage[row["id"].split(".")[0]].append(row["claim"])
    for row in rows:
        outcome = OUTCOME[row["label"]] if not is_public(row) else ENTAILED if row["label"] == "supported" else NOT_ENTAILED
        if row["kind"] == "half-contradicted":
            outcome = CONTRADICTED
        before = row["before"]
        if r and not before and not is_public(row) and r.random() < 0.08:
            before = r.choice(of_passage[row["id"].split(".")[0]])
            before = "" if before == row["claim"] else before
        claim = without_stop(row["claim"]) if r and r.random() < 0.1 else row["claim"]
        yield Pair(claim, before, excerpt(row, r), outcome, 1.0)


def without_stop(text):
    """As in a list, where nothing must depend on the full stop."""
    return re.sub(r"(?<=\w)\.$", "", text)


def contrasts(rows, r, of_claims=3, of_public=6, public_documents=400):
    """Sentences of documents as they are, shortened, edited into something else, or held against what does not have them.
    `rows` are the pairs for training; only documents of which there are some are looked at."""
    texts = [(Document(sources(p)), of_claims) for _, p in passages("train")]
    if PUBLIC.exists():
        for name in PUBLIC_SETS:
            known = {row["document"] for row in rows if row["set"].startswith(name + "/")}
            found = [d for d in read(PUBLIC / name / "docs.jsonl") if d["doc_id"] in known]
            r.shuffle(found)
            texts += [(Document([("", d["text"])]), of_public) for d in found[:public_documents]]
    for at, (document, most) in enumerate(texts):
        names = sorted({n for s in document.sentences for n in edits.names(s)})
        own = [s for s in document.sentences if 6 <= len(s.split()) <= 40 and not s.endswith("?")]
        r.shuffle(own)
        for sentence in own[:most]:
            is_prose = sentence[-1] in ".!”\"" and '"' not in sentence and "“" not in sentence
            true = edits.lightened(sentence, r) if is_prose else sentence
            evidence = document.evidence(true)
            yield Pair(true, "", evidence, ENTAILED, 1.0)
            chosen = edits.edits(true, names, r)
            r.shuffle(chosen)
            for outcome, edited in chosen[:2]:
                yield Pair(edited, "", evidence, CONTRADICTED if outcome == "contradicted" else NOT_ENTAILED, 1.0)
            if is_prose and len(own) > 3:
                mixed = edits.conflated(true, r.choice(own))
                if mixed and mixed not in document.sentences:
                    yield Pair(mixed, "", document.evidence(mixed), NOT_ENTAILED, 1.0)
            if r.random() < 0.15 and len(document.sentences) > 4:
                # The same document without what says it, and another document.
                index = document.sentences.index(sentence)
                yield Pair(true, "", document.evidence(true, without={index}), NEITHER, 0.5)
            if r.random() < 0.1:
                yield Pair(true, "", texts[r.randrange(len(texts))][0].evidence(true), NEITHER, 0.5)


def elsewhere(r, share=0.06):
    """Labelled claims held against another passage of their kind, which says nothing of it."""
    groups = collections.defaultdict(list)
    for kind, passage in passages("train"):
        groups[kind].append(passage)
    for kind in sorted(groups):
        documents = [Document(sources(p)) for p in groups[kind]]
        for at, passage in enumerate(groups[kind]):
            for claim in passage["claims"]:
                if r.random() < share and len(documents) > 1:
                    other = (at + 1 + r.randrange(len(documents) - 1)) % len(documents)
                    yield Pair(claim["claim"], "", documents[other].evidence(claim["claim"]), NEITHER, 0.5)


def kinds(want, r=None):
    """Sentences with what stands before and after them in their paragraph; the heading where nothing does. With `r`, some
    stand alone, and some without their full stop."""
    for path in sorted(CLAIMS.glob("kinds*.jsonl")):
        for note in read(path):
            if part(note["id"]) == want:
                at, heading, before = 0, "", None
                places = []
                for s in note["sentences"]:
                    start = max(note["md"].find(s["s"], at), at)
                    is_new = before is None or re.search(r"\n\s*\n|\n\s*([-*+>#|]|\d+[.)])", note["md"][at:start])
                    if s["k"] == "heading":
                        heading, before = s["s"], None
                        places.append((s, "", False))
                    else:
                        places.append((s, heading if is_new else before, not is_new))
                        before = s["s"]
                    at = start + len(s["s"])
                for (s, before, _), (after, _, goes_on) in zip(places, places[1:] + [({"s": ""}, "", False)]):
                    texts = (s["s"], before, after["s"] if goes_on else "")
                    sentence, before, after = (re.sub(r"\*+|`|~~|\[\[|\]\]", "", t) for t in texts)
                    if r and r.random() < 0.2:
                        before, after = r.choice(["", before]), ""
                    if r and r.random() < 0.3:
                        sentence = without_stop(sentence)
                    yield Sentence(sentence, before, after, s["k"])
