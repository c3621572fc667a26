"""Near-duplicates: what is copied is found and quoted, what is official or common is not."""

from __future__ import annotations

import random
from itertools import pairwise

import numpy as np
import pytest

from reviewer.batch.duplicates import Shelf, Source, Writer, clusters, official, search
from reviewer.batch.duplicates.candidates import Settings, candidates
from reviewer.batch.duplicates.prints import GRAM, NONE, WINDOW, grams, letters, winnow
from reviewer.errors import UsageError
from reviewer.policy.load import load
from tests.batch.words import mixed, sentences

POLICY = load("hebei-2026")
OFFICIAL = official(POLICY)


def shelf(folder, documents, prefix="d"):
    with Writer(folder, OFFICIAL) as writer:
        for number, texts in enumerate(documents):
            passages = tuple((f"section:{n}", text) for n, text in enumerate(texts))
            key = f"{prefix}{number}"
            writer.add(Source(key, f"{key}.docx", f"企业{key}", "", passages))
    return Shelf(folder)


def chunked(lines, size=12):
    return ["".join(lines[at : at + size]) for at in range(0, len(lines), size)]


def found(pairs):
    return {(pair.first.key, pair.second.key) for pair in pairs}


def test_letters_drop_marks_and_merge_digits():
    made = letters(["产能，提升 12.5％！", "Ａb"])
    assert "".join(map(chr, made.codes[made.codes != 0])) == "产能提升0AB"
    assert made.passage.tolist() == [0] * 6 + [1] * 3
    assert made.origin[:5].tolist() == [0, 1, 3, 4, 6]


def test_no_text_at_all():
    assert letters([]).count == 0
    assert len(grams(letters(["短"]).codes)) == 0
    assert len(winnow(grams(letters(["也短"]).codes))) == 0


def test_no_gram_goes_over_the_end_of_a_passage():
    text = "一二三四五六七八九十甲乙"
    assert (grams(letters([text[:6], text[6:]]).codes) == NONE).all()
    assert (grams(letters([text]).codes) != NONE).sum() == 1


def test_a_shared_stretch_shares_a_fingerprint_for_sure():
    rng = random.Random(5)
    for _ in range(200):
        common = "".join(sentences(rng, 80)).replace("。", "")[: GRAM + WINDOW - 1]
        one, other = (
            winnow(
                grams(
                    letters(
                        ["".join(sentences(rng, 300)) + common + "".join(sentences(rng, 300))]
                    ).codes
                )
            )
            for _ in range(2)
        )
        assert len(np.intersect1d(one, other))


def test_thirty_percent_shared_is_found_and_nothing_else(tmp_path):
    rng = random.Random(7)
    own = [sentences(rng, 6000) for _ in range(60)]
    planted = {(n, n + 1) for n in range(0, 60, 2)}
    for one, other in planted:
        own[other] = mixed(rng, own[other], own[one], 0.3)
    pairs = search([shelf(tmp_path, map(chunked, own))], OFFICIAL)
    assert found(pairs) == {(f"d{one}", f"d{other}") for one, other in planted}
    assert all(0.2 < pair.share < 0.4 for pair in pairs)


def test_passages_are_quoted_as_they_stand(tmp_path):
    rng = random.Random(8)
    copied = "".join(sentences(rng, 700))
    changed = copied.replace("。", "； ")
    documents = [[copied], ["".join(sentences(rng, 900)) + changed]]
    (pair,) = search([shelf(tmp_path, documents)], OFFICIAL)
    assert pair.passages[0].first_text in copied
    assert pair.passages[0].second_text in documents[1][0]
    assert pair.share > 0.9


def test_only_official_phrases_shared_is_no_pair(tmp_path):
    rng = random.Random(9)
    shared = [scenario.text for scenario in POLICY.scenarios[:12]]
    shared += [clause.text for tier in POLICY.tiers for clause in tier.clauses]
    documents = [[*chunked(sentences(rng, 3000)), *shared] for _ in range(6)]
    assert search([shelf(tmp_path, documents)], OFFICIAL) == []


def test_a_phrase_of_very_many_is_common(tmp_path):
    rng = random.Random(10)
    phrase = "".join(sentences(rng, 700))
    documents = [[*chunked(sentences(rng, 500)), phrase] for _ in range(80)]
    assert candidates([shelf(tmp_path / "a", documents)], Settings(common=50)) == []
    assert candidates([shelf(tmp_path / "b", documents)], Settings(common=90))


def test_one_consultant_many_clients_is_one_cluster(tmp_path):
    rng = random.Random(11)
    template = sentences(rng, 4000)
    clients = [mixed(rng, sentences(rng, 4000), template, 0.7) for _ in range(48)]
    others = [sentences(rng, 4000) for _ in range(4)]
    pairs = search([shelf(tmp_path, map(chunked, [*clients, *others]))], OFFICIAL)
    groups = clusters(pairs)
    assert [len(group) for group in groups] == [48]


def test_two_declarations_of_one_enterprise_are_no_cluster(tmp_path):
    text = "".join(sentences(random.Random(12), 2000))
    with Writer(tmp_path, OFFICIAL) as writer:
        for key in "ab":
            writer.add(Source(key, key, "同一企业", "", (("section:2.1", text),)))
    (pair,) = search([Shelf(tmp_path)], OFFICIAL)
    assert pair.same and clusters([pair]) == []


def test_archive_is_searched_but_not_within_itself(tmp_path):
    rng = random.Random(13)
    old = chunked(sentences(rng, 2000))
    archive = shelf(tmp_path / "old", [old, old], "old")
    batch = shelf(tmp_path / "new", [old, chunked(sentences(rng, 2000))], "new")
    pairs = search([batch, archive], OFFICIAL)
    assert found(pairs) == {("new0", "old0"), ("new0", "old1")}
    assert all(pair.archived for pair in pairs)


def test_an_unfinished_shelf_is_refused(tmp_path):
    with pytest.raises(RuntimeError), Writer(tmp_path, OFFICIAL) as writer:
        writer.add(Source("a", "a"))
        raise RuntimeError
    with pytest.raises(UsageError, match="不完整"):
        Shelf(tmp_path)


def test_large_runs_link_neighbours_when_pairs_are_too_many(tmp_path, monkeypatch):
    rng = random.Random(14)
    template = chunked(sentences(rng, 3000))
    made = shelf(tmp_path, [template] * 30)
    monkeypatch.setattr("reviewer.batch.duplicates.candidates._MOST_PAIRS", 10)
    pairs = candidates([made])
    assert {(n, n + 1) for n in range(29)} <= {(p.first, p.second) for p in pairs}
    assert len(pairs) < 30 * 29 / 2
    assert all(a.shared >= b.shared for a, b in pairwise(pairs))
