//! What the machine can refuse.

use crate::diagnostic::phrase::phrases;

phrases! {
    /// What was being done when it failed.
    pub(crate) enum Doing {
        AnotherBuild,
        AnotherPublishing { target: String },
        Asking,
        AtFile { path: String },
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
        LookingAtTarget { target: String },
        MakingPage,
        Moving { from: String, to: String },
        NotAFolder { path: String },
        OpeningWorkFolder { path: String },
        Printing,
        Publishing { target: String, edition: String },
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
        BadCertificate,
        BadName,
        BreaksOff,
        Busy,
        ChangedMeanwhile,
        DiskFull,
        FolderNotEmpty,
        HostNotFound,
        IsAFolder,
        NoBucket,
        NotAccepted,
        NotAFolder,
        NotFound,
        NotOurAddress,
        NotPermitted,
        NotSame,
        PortTaken,
        NotRegular,
        ReadOnly,
        SymbolicLink,
        TooSlow,
        Unanswered,
        Unknown,
        Other { number: usize, text: String },
    }
}
