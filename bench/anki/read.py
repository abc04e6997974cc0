"""Reads a deck with Anki's own library, says what it found as JSON, answers some cards, and exports everything in both formats."""

import json
import os
import sys
import tempfile

from anki.collection import Collection, ExportAnkiPackageOptions, ImportAnkiPackageOptions, ImportAnkiPackageRequest

deck, legacy, current = sys.argv[1:4]
col = Collection(os.path.join(tempfile.mkdtemp(), "collection.anki2"))
col.set_config("fsrs", True)
log = col.import_anki_package(
    ImportAnkiPackageRequest(package_path=deck, options=ImportAnkiPackageOptions(with_scheduling=True))
).log

cards = []
for cid in col.find_cards(""):
    card = col.get_card(cid)
    note = card.note()
    memory = card.memory_state
    cards.append(
        {
            "fields": dict(note.items()),
            "tags": sorted(note.tags),
            "deck": col.decks.name(card.did),
            "type": card.type,
            "dueInDays": card.due - col.sched.today if card.type == 2 else None,
            "interval": card.ivl,
            "reps": card.reps,
            "lapses": card.lapses,
            "stability": memory and memory.stability,
            "difficulty": memory and memory.difficulty,
            "desired": card.desired_retention,
            "reviews": [
                {"at": at, "rating": ease, "seconds": round(time / 1000)}
                for at, ease, time in col.db.all("SELECT id, ease, time FROM revlog WHERE cid = ? ORDER BY id", cid)
            ],
        }
    )

said, intact = col.fix_integrity()
if not intact:
    print(said, file=sys.stderr)
answered = []
col.decks.select(col.decks.id("Assay"))
for rating in (1, 3, 3):
    card = col.sched.getCard()
    if card is None:
        break
    card.start_timer()
    answered.append({"id": card.note()["Question"], "rating": rating})
    col.sched.answerCard(card, rating)

for file, is_legacy in ((legacy, True), (current, False)):
    options = ExportAnkiPackageOptions(with_scheduling=True, legacy=is_legacy)
    col.export_anki_package(out_path=file, options=options, limit=None)

print(json.dumps({"new": len(log.new), "notes": log.found_notes, "intact": intact, "cards": cards, "answered": answered}))
