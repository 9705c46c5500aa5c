//! The templates that pages are made with. A template knows by `page.kind` which one it is.

/// The template of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Template {
    Home,
    Collection,
    /// A document's first page.
    Landing,
    Section,
    /// The whole text on one page.
    Full,
    /// The list of an index.
    Browse,
    BrowseHome,
    Entry,
    Timeline,
    Search,
    NotFound,
    /// A page that leads elsewhere.
    Moved,
    /// What editions changed in a document.
    DocumentEditions,
    /// The editions of the archive.
    Editions,
}

impl Template {
    /// What `page.kind` is.
    pub(crate) fn name(self) -> &'static str {
        self.file().trim_end_matches(".html")
    }

    /// Its file in `templates/`.
    pub(crate) fn file(self) -> &'static str {
        match self {
            Self::Home => "home.html",
            Self::Collection => "collection.html",
            Self::Landing => "landing.html",
            Self::Section => "section.html",
            Self::Full => "full.html",
            Self::Browse => "browse.html",
            Self::BrowseHome => "browse-home.html",
            Self::Entry => "entry.html",
            Self::Timeline => "timeline.html",
            Self::Search => "search.html",
            Self::NotFound => "not-found.html",
            Self::Moved => "moved.html",
            Self::DocumentEditions => "document-editions.html",
            Self::Editions => "editions.html",
        }
    }

    /// The masthead marks an index as the current one, and the home page's differs; on all other pages of one depth it is
    /// the same.
    pub(crate) fn has_its_own_masthead(self) -> bool {
        matches!(self, Self::Home | Self::Browse | Self::BrowseHome | Self::Entry | Self::Timeline)
    }

    /// A host shows the page for what is not there in one language only.
    pub(crate) fn is_in_edition(self) -> bool {
        self != Self::NotFound
    }
}
