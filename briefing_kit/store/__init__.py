"""An archive of analysed briefings: a Parquet dataset by ISO week that grows by what is new, and that any tool reads as it is.

    import briefing_kit as bk
    store = bk.open_store("archive")                    # made by `briefing-kit store add FOLDER --store archive`
    store.tables(weeks=["2019-W41", "2019-W42"]).claims

`layout` says what lies where, `parts` reads and writes it, `adding` analyses what is new, `archive` is the door for readers, `query`
asks it in SQL.
"""
