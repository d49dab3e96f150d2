"""The content of pages as our reader, trafilatura and readability-lxml find it, side by side.

    python benches/extractors/html/compare.py NAME=FOLDER... [--worst N]

needs `pip install trafilatura readability-lxml lxml`, and builds our side itself. Every folder is a set of saved pages, of any
depth. What of a page both others take for its article, in runs of words, is taken for the article here: they are
different programs that know nothing of each other. An article is whole if our content has 95 % of these words.

Words are looked for with their neighbours (runs of three), so that a common word somewhere else does not count.
"""

import argparse
import json
import logging
import re
import subprocess
import sys
import unicodedata
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
# Runs of words, the share that makes an article whole, and how many words make one.
RUN = 3
WHOLE = 0.95
LEAST = 100


def words(text):
    """The words of a text. Signs that stand for no sound part them; of scripts without spaces every letter is one."""
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "").lower()
    return re.findall(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+", text)


def runs(found):
    return {tuple(found[at : at + RUN]) for at in range(len(found) - RUN + 1)}


def covered(found, known):
    """Which words of a text stand in a run that is known."""
    marks = [False] * len(found)
    for at in range(len(found) - RUN + 1):
        if tuple(found[at : at + RUN]) in known:
            marks[at : at + RUN] = [True] * RUN
    return marks


def others(path):
    """What the two other programs find."""
    logging.disable(logging.CRITICAL)
    import trafilatura
    from lxml import html
    from readability import Document

    raw = path.read_bytes()
    try:
        first = trafilatura.extract(raw, include_comments=False, include_tables=True) or ""
    except Exception:
        first = ""
    try:
        # It reads texts; the other one tells their encoding for both.
        text = trafilatura.utils.decode_file(raw)
        summary = Document(text).summary(html_partial=True)
        tree = html.fromstring(summary)
        for element in tree.iter("script", "style"):
            element.clear()
        second = "\n".join(tree.itertext())
    except Exception:
        second = ""
    return first, second


def ours(paths):
    build = ["cargo", "build", "--release", "-q", "--manifest-path", str(HERE / "ours/Cargo.toml")]
    subprocess.run(build, check=True)
    metadata = ["cargo", "metadata", "--no-deps", "--format-version", "1", "--manifest-path", str(HERE / "ours/Cargo.toml")]
    target = json.loads(subprocess.run(metadata, check=True, capture_output=True, text=True).stdout)["target_directory"]
    program = f"{target}/release/corroborate-pages"
    given = "\n".join(map(str, paths))
    said = subprocess.run([program], input=given, check=True, capture_output=True, text=True).stdout
    return {Path(one["path"]): one for one in map(json.loads, said.splitlines())}


def measure(page, first, second):
    """Of one page: the words both others have, how many of them ours has as content and at all, and what ours has alone."""
    first, second, content, around = words(first), words(second), words(page["content"]), words(page["around"])
    first_runs, second_runs, content_runs = runs(first), runs(second), runs(content)
    agreed = [word_is_there for word_is_there in covered(first, second_runs)]
    in_content = covered(first, content_runs)
    in_all = covered(first, content_runs | runs(around))
    article = sum(agreed)
    neither = len(content) - sum(covered(content, first_runs | second_runs))
    return {
        "path": page["path"],
        "article": article,
        "whole": sum(a and b for a, b in zip(agreed, in_content)) / article if article else 1.0,
        "seen": sum(a and b for a, b in zip(agreed, in_all)) / article if article else 1.0,
        "missing": [word for word, a, b in zip(first, agreed, in_content) if a and not b],
        "content": len(content),
        "neither": neither,
        "empty": not content,
        "notices": page["notices"],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="+", metavar="NAME=FOLDER")
    parser.add_argument("--worst", type=int, default=0, help="name the pages that lack most")
    parser.add_argument("--furniture", type=int, default=0, help="name the pages with most that neither other has")
    options = parser.parse_args()
    print(f"{'set':14}{'pages':>7}{'articles':>10}{'whole in %':>12}{'seen in %':>11}{'alone in %':>12}{'empty':>7}{'unnamed':>9}")
    all_pages = []
    for name, folder in (one.split("=", 1) for one in options.sets):
        paths = sorted(path for path in Path(folder).rglob("*") if path.suffix in {".html", ".htm"} and path.is_file())
        read = ours(paths)
        with ProcessPoolExecutor(2) as pool:
            pages = [measure(read[path], *theirs) for path, theirs in zip(paths, pool.map(others, paths, chunksize=8))]
        line(name, pages)
        all_pages += pages
    if len(options.sets) > 1:
        line("all", all_pages)
    lacking = sorted((page for page in all_pages if is_article(page)), key=lambda page: page["whole"])
    for page in lacking[: options.worst]:
        print(f"{page['whole']:.2f} {page['seen']:.2f} {page['article']:6} {page['path']} {page['notices']}\n      {' '.join(page['missing'][:25])}")
    for page in sorted(all_pages, key=lambda page: -page["neither"])[: options.furniture]:
        print(f"{page['neither']:6} of {page['content']:6} {page['path']}")


def is_article(page):
    return page["article"] >= LEAST


def line(name, pages):
    articles = [page for page in pages if is_article(page)]
    share = lambda count, all_: f"{100 * count / max(all_, 1):.1f}"
    whole = share(sum(page["whole"] >= WHOLE for page in articles), len(articles))
    seen = share(sum(page["seen"] >= WHOLE for page in articles), len(articles))
    alone = share(sum(page["neither"] for page in articles), sum(page["content"] for page in articles))
    empty = [page for page in pages if page["empty"]]
    unnamed = sum(not page["notices"] and page["article"] > 0 for page in empty)
    print(f"{name:14}{len(pages):7}{len(articles):10}{whole:>12}{seen:>11}{alone:>12}{len(empty):7}{unnamed:9}")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
