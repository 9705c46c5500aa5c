//! What the machine can refuse.

use crate::diagnostic::phrase::phrases;

phrases! {
    /// What was being done when it failed.
    pub(crate) enum Doing {
        AnotherBuild,
        Asking,
        BadSiteFolder { path: String },
        BuiltInSettings,
        ChangedMeanwhile { path: String },
        Compressing,
        Copying { from: String, to: String },
        CreatingFolder { path: String },
        Exchanging { path: String },
        FinishingChange,
        Listening,
        ListeningAt { address: String },
        MakingPage,
        Moving { from: String, to: String },
        NotAFolder { path: String },
        OpeningWorkFolder { path: String },
        Printing,
        PuttingBack { path: String },
        Reading { path: String },
        RemovingFolder { path: String },
        StartingThreads,
        Waiting,
        Writing { path: String },
    }
}

phrases! {
    /// Why the system refuses.
    pub(crate) enum Refusal {
        AlreadyThere,
        BadName,
        BreaksOff,
        DiskFull,
        FolderNotEmpty,
        IsAFolder,
        NotAFolder,
        NotFound,
        NotOurAddress,
        NotPermitted,
        PortTaken,
        NotRegular,
        ReadOnly,
        SymbolicLink,
        TooSlow,
        Unanswered,
        Other { number: usize, text: String },
    }
}
