//! Runs a call and gives what it writes to the standard streams and says through loggers.

#![expect(
    clippy::disallowed_methods,
    reason = "what the code under test prints goes into a file without a name"
)]

/// What was heard, and where.
pub(crate) struct Heard {
    /// Where, in words.
    pub(crate) what: &'static str,
    /// What.
    pub(crate) bytes: Vec<u8>,
}

/// Runs `call`; gives what it returned and what it wrote.
pub(crate) fn overhear<R>(call: impl FnOnce() -> R) -> (R, Vec<Heard>) {
    logs::listen();
    let (result, written) = streams::captured(call);
    let mut heard: Vec<Heard> =
        written.map(|bytes| Heard { what: "what it printed", bytes }).into_iter().collect();
    let logged = logs::take();
    if !logged.is_empty() {
        heard.push(Heard { what: "what it logged", bytes: logged });
    }
    (result, heard)
}

#[cfg(unix)]
mod streams {
    use std::fs::File;
    use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
    use std::os::fd::AsRawFd as _;
    use std::sync::{Mutex, PoisonError};

    /// One file for the whole process, made when it is first needed.
    static KEPT: Mutex<Option<File>> = Mutex::new(None);

    /// Runs `call` with the standard streams leading into a file; nothing where there is none to be had.
    pub(super) fn captured<R>(call: impl FnOnce() -> R) -> (R, Option<Vec<u8>>) {
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.is_none() {
            *kept = file();
        }
        let Some(file) = kept.as_mut() else { return (call(), None) };
        let turned = [1, 2].map(|stream| turn(stream, file.as_raw_fd()));
        let result = call();
        let _ = std::io::stdout().flush();
        drop(turned);
        (result, content(file))
    }

    /// A file without a name, so that nothing of it stays.
    fn file() -> Option<File> {
        let path = std::env::temp_dir().join(format!("constraints-heard-{}", std::process::id()));
        let opened = File::options().read(true).write(true).create(true).truncate(true).open(&path).ok()?;
        std::fs::remove_file(path).ok()?;
        Some(opened)
    }

    fn content(file: &mut File) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        file.rewind().ok()?;
        file.read_to_end(&mut bytes).ok()?;
        file.set_len(0).ok()?;
        file.seek(SeekFrom::Start(0)).ok()?;
        Some(bytes)
    }

    /// A stream that leads elsewhere until this is dropped.
    struct Turned {
        stream: i32,
        before: i32,
    }

    fn turn(stream: i32, to: i32) -> Option<Turned> {
        let _ = std::io::stdout().flush();
        // SAFETY: both calls take numbers of open files and no pointers.
        unsafe {
            let before = libc::dup(stream);
            (before >= 0 && libc::dup2(to, stream) >= 0).then_some(Turned { stream, before })
        }
    }

    impl Drop for Turned {
        fn drop(&mut self) {
            // SAFETY: as above; `before` is ours.
            unsafe {
                libc::dup2(self.before, self.stream);
                libc::close(self.before);
            }
        }
    }
}

#[cfg(not(unix))]
mod streams {
    pub(super) fn captured<R>(call: impl FnOnce() -> R) -> (R, Option<Vec<u8>>) {
        (call(), None)
    }
}

#[cfg(feature = "logs")]
mod logs {
    use std::fmt::{Debug, Write as _};
    use std::sync::{Mutex, Once, PoisonError};

    use tracing_core::field::{Field, Visit};
    use tracing_core::span::{Attributes, Id, Record};
    use tracing_core::{Event, Metadata, Subscriber};

    static SAID: Mutex<String> = Mutex::new(String::new());

    /// Becomes the logger of the process, unless the code under test has one of its own.
    pub(super) fn listen() {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| {
            if log::set_logger(&Logger).is_ok() {
                log::set_max_level(log::LevelFilter::Trace);
            }
            let _ = tracing_core::dispatcher::set_global_default(tracing_core::Dispatch::new(Tracer));
        });
    }

    pub(super) fn take() -> Vec<u8> {
        std::mem::take(&mut *SAID.lock().unwrap_or_else(PoisonError::into_inner)).into_bytes()
    }

    fn say(text: &str) {
        let mut said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = writeln!(said, "{text}");
    }

    struct Logger;

    impl log::Log for Logger {
        fn enabled(&self, _: &log::Metadata<'_>) -> bool {
            true
        }
        fn log(&self, record: &log::Record<'_>) {
            say(&record.args().to_string());
        }
        fn flush(&self) {}
    }

    /// Writes the fields of spans and events down; knows nothing of how spans hang together.
    struct Tracer;

    impl Subscriber for Tracer {
        fn enabled(&self, _: &Metadata<'_>) -> bool {
            true
        }
        fn new_span(&self, span: &Attributes<'_>) -> Id {
            span.record(&mut Fields);
            Id::from_u64(1)
        }
        fn record(&self, _: &Id, values: &Record<'_>) {
            values.record(&mut Fields);
        }
        fn record_follows_from(&self, _: &Id, _: &Id) {}
        fn event(&self, event: &Event<'_>) {
            event.record(&mut Fields);
        }
        fn enter(&self, _: &Id) {}
        fn exit(&self, _: &Id) {}
    }

    struct Fields;

    impl Visit for Fields {
        fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
            say(&format!("{}={value:?}", field.name()));
        }
        fn record_str(&mut self, field: &Field, value: &str) {
            say(&format!("{}={value}", field.name()));
        }
    }
}

#[cfg(not(feature = "logs"))]
mod logs {
    pub(super) fn listen() {}

    pub(super) fn take() -> Vec<u8> {
        Vec::new()
    }
}
