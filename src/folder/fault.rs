//! A place at which a test lets the machine fail.
//!
//! Programs are killed and discs are full at any moment, and no test can wait for that. A debug build counts every step that
//! changes something on the disc; `FONDS_FAULT=fail:7` lets the seventh be refused as by a full disc, `FONDS_FAULT=kill:7` ends
//! the process there, as a power cut would, and `FONDS_FAULT=count` prints how many there were. A release build has none of it.

#[cfg(debug_assertions)]
mod counted {
    use std::io;
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicUsize, Ordering};

    enum Fault {
        None,
        Fail(usize),
        Kill(usize),
    }

    static FAULT: LazyLock<Fault> = LazyLock::new(|| {
        let wanted = std::env::var("FONDS_FAULT").unwrap_or_default();
        let (kind, at) = wanted.split_once(':').unwrap_or((&wanted, "0"));
        match (kind, at.parse()) {
            ("fail", Ok(at)) => Fault::Fail(at),
            ("kill", Ok(at)) => Fault::Kill(at),
            _ => Fault::None,
        }
    });

    static STEPS: AtomicUsize = AtomicUsize::new(0);

    pub(crate) fn step() -> io::Result<()> {
        let at = STEPS.fetch_add(1, Ordering::SeqCst) + 1;
        match *FAULT {
            Fault::Fail(wanted) if wanted == at => Err(io::ErrorKind::StorageFull.into()),
            Fault::Kill(wanted) if wanted == at => std::process::abort(),
            _ => Ok(()),
        }
    }

    /// Tells a test how many steps there were.
    pub(crate) fn tell() {
        if std::env::var_os("FONDS_FAULT").is_some_and(|wanted| wanted == "count") {
            anstream::eprintln!("steps: {}", STEPS.load(Ordering::SeqCst));
        }
    }
}

#[cfg(not(debug_assertions))]
mod counted {
    /// Nothing fails but what the machine lets fail.
    #[inline]
    pub(crate) fn step() -> std::io::Result<()> {
        Ok(())
    }

    /// There is nothing to tell.
    #[inline]
    pub(crate) fn tell() {}
}

pub(crate) use self::counted::{step, tell};
