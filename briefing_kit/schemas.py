"""What each table holds: one list of columns per table, from which schema, codebook, empty tables and dtypes come."""

from __future__ import annotations

from dataclasses import dataclass

STATUSES = ("auto", "confirmed", "corrected", "added", "rejected")
CUE_CLASSES = ("neutral", "committed", "distancing", "warning", "denial")
FACTUALITIES = ("asserted", "reported", "alleged", "hypothetical", "forecast", "denied")
SOURCE_KINDS = ("author", "named", "unnamed", "organisation", "media", "document")
GRANULARITIES = tuple(
    "time part_of_day day days week part_week month part_month quarter half season year part_year decade part_decade century era "
    "duration set undated".split()
)
RESOLVED_BY = ("explicit", "published_on", "rollover", "relative", "narrative", "unresolved")
QUANTITY_KINDS = ("exact", "approximate", "at_least", "at_most", "range", "vague")
UNIT_CLASSES = tuple(
    "people killed injured detained displaced events area distance money volume weight rate duration percent weapons other".split()
)
ACTOR_TYPES = tuple("state state_force armed_group political igo ngo company media person community group place other unknown".split())
MENTION_KINDS = ("name", "alias", "acronym", "short_form", "demonym", "metonym", "nominal", "pronoun")
RELATIONS = ("backed", "led", "aligned", "pro", "anti")
STATISTICS = ("level", "count", "peak", "cumulative", "change", "target")
MODALITIES = ("asserted", "possible", "forecast", "hypothetical", "negated")
EVENT_TYPES = tuple(
    "air_strike armed_clash bombing shelling killing arrest escape kidnapping protest agreement statement meeting election "
    "displacement appointment territory_change sanction aid_delivery attack_civilians other".split()
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its kind (text, whole, number, day, flag, choice), what it means, allowed values, unit, and whether it may be missing."""

    name: str
    kind: str
    meaning: str
    allowed: tuple[str, ...] = ()
    unit: str = ""
    required: bool = False


def _text(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, "text", meaning, required=required)


def _choice(name: str, allowed: tuple[str, ...], meaning: str, *, required: bool = False) -> Column:
    return Column(name, "choice", meaning, allowed=allowed, required=required)


def _row(kind: str) -> tuple[Column, ...]:
    return (
        _text(f"{kind}_id", "name of the row: 12 hex digits that stay the same while its sentence does", required=True),
        _text("doc_id", "the briefing: slug of its file name", required=True),
        Column("published_on", "day", "day of publication (TimeML document creation time)"),
        _text("week", "ISO week of publication, such as 2019-W42"),
        _text("sentence_id", "the sentence that the row stands in", required=True),
        Column("start", "whole", "where the words begin in the briefing's text", unit="code points from 0", required=True),
        Column("end", "whole", "where they end (half-open: text[start:end])", unit="code points from 0", required=True),
        _text("text", "the words as written", required=True),
    )


_LAST = (
    _text("rule", "the rule that found the row", required=True),
    _choice("status", STATUSES, "auto, or what an analyst's correction made of the row", required=True),
    _text("correction_id", "the line of corrections.csv that changed the row"),
)
_DATES = (
    Column("date_start", "day", "first day that is meant; missing where open or unknown"),
    Column("date_end", "day", "last day that is meant; missing where open or unknown"),
    _choice("granularity", GRANULARITIES, "how precise the date is", required=True),
)
_SOURCE_KIND = _choice("source_kind", SOURCE_KINDS, "what kind of source it is", required=True)
_CUE_CLASS = _choice("cue_class", CUE_CLASSES, "stance of the reporting words")

SCHEMAS: dict[str, tuple[Column, ...]] = {
    "documents": (
        _text("doc_id", "the briefing: slug of its file name", required=True),
        Column("published_on", "day", "day of publication (TimeML document creation time)"),
        _text("week", "ISO week of publication, such as 2019-W42"),
        _text("path", "file name"),
        _text("title", "title from the front matter"),
        _text("series", "the series it belongs to"),
        _choice(
            "published_source",
            ("front_matter", "mail_header", "html_meta", "file_name", "parameter", "unknown"),
            "where the day of publication is from",
            required=True,
        ),
        _text("country", "country it is about (ISO 3166 alpha-3)"),
        _choice("marking", ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"), "TLP 2.0 marking"),
        _text("language", "ISO 639-1; missing where it was not recognised"),
        _text("sha256", "hash of the file, or of the text where it was passed in", required=True),
        Column("n_characters", "whole", "length of the text", unit="code points", required=True),
        Column("n_words", "whole", "words", unit="words", required=True),
        Column("n_sentences", "whole", "sentences, boilerplate included", unit="sentences", required=True),
        _text("warnings", "codes such as NO_DATE, joined by '; '; lexicon/document_warnings.csv says what each means"),
    ),
    "sentences": (
        _text("sentence_id", "name of the sentence", required=True),
        _text("doc_id", "the briefing", required=True),
        Column("published_on", "day", "day of publication"),
        _text("week", "ISO week of publication"),
        Column("start", "whole", "where it begins in the text", unit="code points from 0", required=True),
        Column("end", "whole", "where it ends", unit="code points from 0", required=True),
        _text("text", "the sentence", required=True),
        Column("paragraph", "whole", "number of the paragraph", unit="from 0", required=True),
        _choice("role", ("body", "heading", "caption", "list_item", "quote", "boilerplate"), "what the paragraph is", required=True),
        _text("sentence_hash", "16 hex digits of its words: the key that corrections use", required=True),
        Column("occurrence", "whole", "how many equal sentences stand before it in the briefing", unit="from 0", required=True),
        _text("repeat_of", "sentence_id of the same sentence seen before (recycled text)"),
        _choice("modality", MODALITIES, "how far the sentence stands behind what it says", required=True),
        _text("likelihood_term", "estimative term, as written"),
        _choice("likelihood_scale", ("ICD203", "PHIA"), "the scale that the band is from"),
        Column("likelihood_low", "whole", "lower end of the band", unit="per cent"),
        Column("likelihood_high", "whole", "upper end of the band", unit="per cent"),
    ),
    "dates": (
        *_row("date"),
        _choice("timex_type", ("DATE", "TIME", "DURATION", "SET"), "TIMEX3 type", required=True),
        _text("value", "TIMEX3 value: 2019-10-10, 2019-09, XXXX-10-10 (no year known), P2W", required=True),
        _text("mod", "TIMEX3 modifier: START, MID, END, APPROX, BEFORE, AFTER ..."),
        *_DATES,
        _choice("resolved_by", RESOLVED_BY, "how the date was resolved", required=True),
        Column("ambiguous", "flag", "day and month could be the other way round", required=True),
        _text("edtf", "the date in EDTF (ISO 8601-2)"),
        *_LAST,
    ),
    "mentions": (
        *_row("mention"),
        _text("actor_id", "the actor: slug of the canonical name, or the gazetteer's own id", required=True),
        _text("actor", "canonical name", required=True),
        _choice("actor_type", ACTOR_TYPES, "what kind of actor; places are not actors", required=True),
        _text("country", "country of the actor (ISO 3166 alpha-3)"),
        _choice("mention_kind", MENTION_KINDS, "by which kind of words; pronouns are not counted", required=True),
        _text("role_title", "role or title as written with the name"),
        _text("parent_id", "the actor it belongs to"),
        _text("possessor_id", "whose it is said to be (a general's army)"),
        _choice("relation", RELATIONS, "attitude or support named with it (pro-, anti-, -backed)"),
        _text("related_id", "the actor that the relation points to"),
        Column("known", "flag", "in the built-in lexicon or the analyst's actors.csv", required=True),
        *_LAST,
    ),
    "claims": (
        *_row("claim"),
        Column("value", "number", "the figure; missing for ranges, bounds and vague quantities"),
        Column("low", "number", "lowest figure meant, inclusive"),
        Column("high", "number", "highest figure meant, inclusive"),
        _choice("kind", QUANTITY_KINDS, "how precise the figure is", required=True),
        _text("approximator", "the hedge as written: around, at least, up to"),
        _text("unit", "canonical unit, singular"),
        _choice("unit_class", UNIT_CLASSES, "what is counted or measured", required=True),
        _text("currency", "ISO 4217 code"),
        _text("counted", "the counted noun phrase"),
        _text("actor_id", "whom or what the figure is about"),
        _text("measure", "key of the series: actor:counted:country", required=True),
        _choice("statistic", STATISTICS, "level, count, peak, cumulative, change or target", required=True),
        Column("as_of_start", "day", "first day the figure stands for"),
        Column("as_of_end", "day", "last day the figure stands for"),
        _text("location", "place, as written"),
        _text("country", "country (ISO 3166 alpha-3)"),
        _text("event_id", "the event that it counts"),
        _text("part_of", "claim_id of the total that it is a part of"),
        _text("source", "who says so, as written; (author) for the briefing's own voice", required=True),
        _text("source_id", "actor_id of the source"),
        _SOURCE_KIND,
        _text("cue", "the reporting words"),
        _CUE_CLASS,
        _choice("factuality", FACTUALITIES, "how firmly it is put forward", required=True),
        _text("compared_to", "claim_id that it is compared to"),
        Column("contested", "flag", "another source gives a disjoint figure for the same measure and time", required=True),
        *_LAST,
    ),
    "events": (
        *_row("event"),
        _text("date_ids", "the time expressions that date it, joined by '; '"),
        *_DATES,
        _text("edtf", "the date in EDTF (ISO 8601-2)"),
        _choice("resolved_by", RESOLVED_BY, "how the date was resolved"),
        _text("headline", "the words around it, verbatim, at most 90 characters", required=True),
        _choice("event_type", EVENT_TYPES, "what happened", required=True),
        _text("predicate", "the verb or noun that names it, as written", required=True),
        _text("actors", "actor_ids in the order of the text, joined by '; '; no direction implied"),
        _text("location", "place, as written"),
        _text("country", "country (ISO 3166 alpha-3)"),
        _text("source", "who says so; (author) for the briefing's own voice", required=True),
        _SOURCE_KIND,
        _CUE_CLASS,
        _choice("factuality", FACTUALITIES, "how firmly it is put forward", required=True),
        Column("is_future", "flag", "planned or expected, not reported as happened", required=True),
        _text("cluster_id", "the same happening in other reports bears the same id", required=True),
        *_LAST,
    ),
    "attributions": (
        *_row("attribution"),
        _text("source", "who says it, as written", required=True),
        _text("source_id", "actor_id of the source"),
        _SOURCE_KIND,
        Column("source_start", "whole", "where the source begins; missing where it is in another sentence", unit="code points from 0"),
        Column("source_end", "whole", "where the source ends", unit="code points from 0"),
        _text("cue", "the reporting words", required=True),
        Column("cue_start", "whole", "where the cue begins", unit="code points from 0", required=True),
        Column("cue_end", "whole", "where the cue ends", unit="code points from 0", required=True),
        _choice("cue_class", CUE_CLASSES, "stance of the reporting words", required=True),
        _choice("factuality", FACTUALITIES, "firmness that the cue lends to what is said", required=True),
        Column("content_start", "whole", "where what is said begins", unit="code points from 0", required=True),
        Column("content_end", "whole", "where it ends", unit="code points from 0", required=True),
        *_LAST,
    ),
}
ROW_KINDS = {"dates": "date", "mentions": "mention", "claims": "claim", "events": "event", "attributions": "attribution"}
ONE_ROW_PER = {
    "documents": "briefing",
    "sentences": "sentence",
    "dates": "time expression",
    "mentions": "mention of an actor or place",
    "claims": "quantity claimed",
    "events": "happening of interest",
    "attributions": "statement of who says what",
}
