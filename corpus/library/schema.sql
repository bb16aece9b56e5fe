-- The library: the only source of truth. Vector files are derived from it and can be made again.
-- Offsets are code points into documents.text, end exclusive. Lists and mappings are JSON.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE documents (
    id              TEXT PRIMARY KEY,
    kind            TEXT NOT NULL CHECK (kind IN ('record', 'article')),
    case_id         TEXT,
    link_confidence REAL,
    link_reason     TEXT,
    title           TEXT NOT NULL,
    text            TEXT NOT NULL,
    publisher       TEXT,
    date            TEXT,
    url             TEXT,
    official        INTEGER NOT NULL,
    names           TEXT NOT NULL,
    content_hash    TEXT NOT NULL,
    origin          TEXT NOT NULL,   -- where it was read from
    file_hash       TEXT NOT NULL    -- sha256 of that file
) WITHOUT ROWID;
CREATE INDEX documents_by_case ON documents (case_id, kind DESC, id);
CREATE INDEX documents_by_file ON documents (file_hash);
CREATE INDEX documents_by_origin ON documents (origin);

CREATE TABLE sections (
    document_id   TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal       INTEGER NOT NULL,
    path          TEXT NOT NULL,
    start         INTEGER NOT NULL,
    end           INTEGER NOT NULL,
    heading_start INTEGER,
    heading_end   INTEGER,
    PRIMARY KEY (document_id, ordinal)
) WITHOUT ROWID;

CREATE TABLE fields (
    document_id  TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal      INTEGER NOT NULL,
    name         TEXT NOT NULL,
    value        TEXT NOT NULL,     -- in normal form
    start        INTEGER NOT NULL,
    end          INTEGER NOT NULL,
    stated_start INTEGER,
    stated_end   INTEGER,
    sources      TEXT NOT NULL,
    attributes   TEXT NOT NULL,
    PRIMARY KEY (document_id, ordinal)
) WITHOUT ROWID;
CREATE INDEX fields_by_value ON fields (name, value);

CREATE TABLE attributions (
    document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal     INTEGER NOT NULL,
    start       INTEGER NOT NULL,
    end         INTEGER NOT NULL,
    sources     TEXT NOT NULL,
    PRIMARY KEY (document_id, ordinal)
) WITHOUT ROWID;

CREATE TABLE sources (
    document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    number      INTEGER NOT NULL,
    publisher   TEXT NOT NULL,
    title       TEXT NOT NULL,
    url         TEXT,
    date        TEXT,
    official    INTEGER NOT NULL,
    PRIMARY KEY (document_id, number)
) WITHOUT ROWID;

-- AUTOINCREMENT: an id is never used again, so a vector can never belong to another passage.
CREATE TABLE passages (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    start       INTEGER NOT NULL,
    end         INTEGER NOT NULL,
    section     TEXT NOT NULL,
    sentences   TEXT NOT NULL
);
CREATE INDEX passages_by_document ON passages (document_id, start);

CREATE VIRTUAL TABLE passage_terms USING fts5 (
    body, context, tokenize = "porter unicode61 remove_diacritics 2"
);
