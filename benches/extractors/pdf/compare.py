"""Sets the words that this program reads on each page of PDFs beside those of poppler and PDFium: `compare.py OUT BIN`.

`OUT` has the files of `make.py`, and `BIN` is the program of `cargo bench --bench extractors`. `pdftotext` must be
installed, and Python's `pypdfium2`. Words are compared as bags, page by page, after NFKC: runs of letters or digits in
small letters, numbers with their points and commas, and each CJK character by itself. Before that words that a hyphen
parts at the end of a line are joined, and so are those with a hyphen inside, as ours keeps it in "twenty-/nine"; and what ours leaves out by design is left out of all
three: the running head, numbers of pages alone on a line, and in documents with numbered lines all numbers below 100.

Of every two readers the share of words that both have of those that either has is printed. "Threes" are the runs of
three words of the text that was set: how many each reader has in order, in the whole document.

    --pages  prints the pages on which ours agrees less with both others than they do among themselves
    --word   with that, prints the words that only one side has
"""

import argparse
import json
import re
import subprocess
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import pypdfium2

from layout import HEAD, plain
from texts import DOCUMENTS

WORD = re.compile(r"\d(?:[\d.,٫٬]*\d)?|[\u3040-\u30ff\u3400-\u9fff]|[^\W\d_\u3040-\u30ff\u3400-\u9fff]+")
READERS = ["ours", "poppler", "pdfium"]


def words(text, numbered=False):
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(r"[\ufffe\x02\u00ad][ \r\n]*", "", text)
    text = re.sub(r"(?<=[^\W\d_])[-‐](?:[ \r]*\n\s*)?(?=[^\W\d_])", "", text)
    text = re.sub(rf"{HEAD.lower()}[ \t]*\d*", " ", text)
    text = re.sub(r"(?m)^[ \t\f]*\d{1,3}[ \t\r]*$", " ", text)
    text = re.sub(r"[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]", "", text)
    found = WORD.findall(text)
    return [word for word in found if not (numbered and word.isdecimal() and len(word) < 3)]


def ours(program, files):
    pages, notices = defaultdict(dict), {}
    out = subprocess.run([program, *map(str, files)], capture_output=True, check=True).stdout
    for line in out.decode().splitlines():
        said = json.loads(line)
        if "page" in said:
            pages[said["file"]][said["page"]] = said["text"]
        else:
            notices[said["file"]] = said["notices"]
    return pages, notices


def poppler(file):
    return subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True).stdout.decode().split("\f")


def pdfium(file):
    with pypdfium2.PdfDocument(file) as document:
        return [page.get_textpage().get_text_range() for page in document]


def written(document):
    blocks = DOCUMENTS[document.rstrip("0123456789")]
    return "\n".join("\n".join("\n".join(row) for row in content) if kind == "table" else plain(content)
                     for kind, content in blocks)


def threes(found):
    return Counter(zip(found, found[1:], found[2:]))


def share(a, b):
    both, either = (a & b).total(), (a | b).total()
    return both, either


class Sum:
    """Agreements of a producer."""

    def __init__(self):
        self.files = self.pages = self.notices = 0
        self.pairs, self.threes = defaultdict(lambda: [0, 0]), defaultdict(int)
        self.theirs_in_ours, self.ours_in_theirs = [0, 0], [0, 0]

    def add(self, other):
        self.files, self.pages, self.notices = self.files + other.files, self.pages + other.pages, self.notices + other.notices
        for pair, (both, either) in other.pairs.items():
            self.pairs[pair] = [self.pairs[pair][0] + both, self.pairs[pair][1] + either]
        for reader, count in other.threes.items():
            self.threes[reader] += count
        for own, added in [(self.theirs_in_ours, other.theirs_in_ours), (self.ours_in_theirs, other.ours_in_theirs)]:
            own[:] = own[0] + added[0], own[1] + added[1]

    def line(self, name):
        def of(pair):
            return f"{100 * pair[0] / max(pair[1], 1):6.1f}"
        cells = [of(self.pairs[pair]) for pair in [("poppler", "pdfium"), ("ours", "poppler"), ("ours", "pdfium")]]
        cells += [of(self.theirs_in_ours), of(self.ours_in_theirs)]
        cells += [of((self.threes[reader], self.threes["all"])) for reader in READERS]
        return f"| {name} | {self.files} | {self.pages} | " + " | ".join(cells) + f" | {self.notices} |"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("out", type=Path)
    arguments.add_argument("bin", nargs="+", help="of several the newest is taken, and files that end in .d are none")
    arguments.add_argument("--pages", action="store_true")
    arguments.add_argument("--word", action="store_true")
    asked = arguments.parse_args()
    files = sorted(asked.out.glob("*.pdf"))
    program = max((path for path in asked.bin if not path.endswith(".d")), key=lambda path: Path(path).stat().st_mtime)
    own, notices = ours(program, files)
    sums = defaultdict(Sum)
    for file in files:
        producer, document = file.name.removesuffix(".pdf").rsplit(".", 1)
        numbered = document == "numbered"
        first, second = poppler(file), pdfium(file)
        it, whole = Sum(), defaultdict(list)
        it.files, it.pages, it.notices = 1, len(second), len(notices[str(file)])
        for page in range(len(second)):
            texts = dict(zip(READERS, [own[str(file)].get(page + 1, ""), first[page], second[page]]))
            found = {reader: words(text, numbered) for reader, text in texts.items()}
            bags = {reader: Counter(it) for reader, it in found.items()}
            for reader in READERS:
                whole[reader] += found[reader]
            for pair in [("poppler", "pdfium"), ("ours", "poppler"), ("ours", "pdfium")]:
                both, either = share(bags[pair[0]], bags[pair[1]])
                it.pairs[pair] = [it.pairs[pair][0] + both, it.pairs[pair][1] + either]
            for reader in READERS[1:]:
                both = (bags["ours"] & bags[reader]).total()
                it.theirs_in_ours[:] = it.theirs_in_ours[0] + both, it.theirs_in_ours[1] + bags[reader].total()
                it.ours_in_theirs[:] = it.ours_in_theirs[0] + both, it.ours_in_theirs[1] + bags["ours"].total()
            shares = [both / either if either else 1 for both, either in (share(bags[a], bags[b]) for a, b in
                      [("poppler", "pdfium"), ("ours", "poppler"), ("ours", "pdfium")])]
            if asked.pages and max(shares[1:]) < max(shares[0], 0.995):
                print(f"{file.name} page {page + 1}: theirs {shares[0]:.3f}, ours {shares[1]:.3f} {shares[2]:.3f}")
                if asked.word:
                    print("   only both of theirs:", *((bags["poppler"] & bags["pdfium"]) - bags["ours"]).elements())
                    print("   only ours:", *(bags["ours"] - (bags["poppler"] | bags["pdfium"])).elements())
        wanted = threes(words(written(document), numbered))
        it.threes["all"] = wanted.total()
        for reader in READERS:
            it.threes[reader] = (wanted & threes(whole[reader])).total()
        if asked.pages and it.threes["ours"] < max(it.threes[reader] for reader in READERS[1:]):
            print(f"{file.name}: threes ours {it.threes['ours']}, poppler {it.threes['poppler']}, "
                  f"pdfium {it.threes['pdfium']} of {it.threes['all']}")
        if asked.pages and notices[str(file)]:
            print(f"{file.name}: {'; '.join(notices[str(file)])}")
        sums[producer].add(it)
    print("| producer | files | pages | poppler–pdfium | ours–poppler | ours–pdfium | theirs in ours | ours in theirs "
          "| threes: ours | poppler | pdfium | notices |\n|" + "---|" * 12)
    total = Sum()
    for producer, it in sorted(sums.items()):
        print(it.line(producer))
        total.add(it)
    print(total.line(f"all {len(sums)}"))


if __name__ == "__main__":
    main()
