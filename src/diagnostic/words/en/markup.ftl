characters-in-attributes = { $count ->
    [one] 1 character that
   *[other] { $count } characters that
} only an attribute gives { $count ->
    [one] was
   *[other] were
} left out
    .help = some editions keep their punctuation so; the original has it
earlier-revisions = { $count ->
    [one] 1 earlier revision was
   *[other] { $count } earlier revisions were
} left out: the last one is the text
    .help = the original keeps them
editorial-marks = the edition marks { $gaps ->
    [one] 1 gap
   *[other] { $gaps } gaps
}, { $supplied } supplied, { $unclear } unclear and { $deleted } deleted { $deleted ->
    [one] passage
   *[other] passages
}
    .help = gaps are shown as […] and deletions are struck out; what was supplied or unclear is plain text here, and the original tells it apart
readings-resolved = { $count ->
    [one] 1 other reading was
   *[other] { $count } other readings were
} left out: corrected, regularised and expanded forms are taken
    .help = provenance.toml lists what the source has
several-wiki-pages = the export has { $count } pages, and one document is wanted
    .help = import it without naming a target: each page becomes a document of its own
templates-left-out = { $count ->
    [one] 1 template was
   *[other] { $count } templates were
} left out
    .help = they are programs of the wiki, and the export does not have what they print; compare with the page and add what belongs in the text
