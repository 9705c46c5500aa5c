//! What the machine can refuse.

use crate::diagnostic::phrase::phrases;

phrases! {
    /// What was being done when it failed.
    pub(crate) enum Doing {
        AnotherBuild,
        #[cfg_attr(not(feature = "targets"), expect(dead_code))]
        AnotherPublishing { target: String },
        Asking,
        #[cfg_attr(not(feature = "targets"), expect(dead_code))]
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
        #[cfg_attr(not(feature = "targets"), expect(dead_code))]
        LookingAtTarget { target: String },
        MakingPage,
        Moving { from: String, to: String },
        NotAFolder { path: String },
        OpeningWorkFolder { path: String },
        Printing,
        #[cfg_attr(not(feature = "targets"), expect(dead_code))]
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
        #[cfg_attr(not(feature = "targets"), expect(dead_code))]
        BadCertificate,
        BadName,
        BreaksOff,
        #[cfg_attr(not(feature = "targets"), expect(dead_code))]
        Busy,
        #[cfg_attr(not(feature = "targets"), expect(dead_code))]
        ChangedMeanwhile,
        DiskFull,
        FolderNotEmpty,
        #[cfg_attr(not(feature = "targets"), expect(dead_code))]
        HostNotFound,
        IsAFolder,
        #[cfg_attr(not(feature = "targets"), expect(dead_code))]
        NoBucket,
        #[cfg_attr(not(feature = "targets"), expect(dead_code))]
        NotAccepted,
        NotAFolder,
        NotFound,
        NotOurAddress,
        NotPermitted,
        #[cfg_attr(not(feature = "targets"), expect(dead_code))]
        NotSame,
        PortTaken,
        NotRegular,
        ReadOnly,
        SymbolicLink,
        TooSlow,
        Unanswered,
        #[cfg_attr(not(feature = "targets"), expect(dead_code))]
        Unknown,
        Other { number: usize, text: String },
    }
}
