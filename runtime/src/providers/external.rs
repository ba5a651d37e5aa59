//! Runs the command of an `External` profile: without a shell, with limits on time and output, killed when dropped.
//! Processes that the command starts are not killed.
//!
//! It uses the processes of the standard library and a thread, because those of tokio would add two crates for every
//! user.

use std::io::Read;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;
use zeroize::Zeroizing;

use crate::identity::error::CredentialsError;

/// The time limit of the official clients.
const TIMEOUT: Duration = Duration::from_secs(60);
/// The largest output, in bytes; credentials are shorter.
const LARGEST_OUTPUT: usize = 64 * 1024;
/// The interval at which a process that has closed its output is checked for its end.
const POLL: Duration = Duration::from_millis(2);

/// Returns what the command prints on its standard output. Its other output is dropped, because it may hold secrets.
pub(super) async fn run(command: &str) -> Result<Zeroizing<Vec<u8>>, CredentialsError> {
    run_within(command, TIMEOUT).await
}

async fn run_within(command: &str, limit: Duration) -> Result<Zeroizing<Vec<u8>>, CredentialsError> {
    let words = words(command).ok_or_else(|| {
        CredentialsError::new("its `process_command` is empty, or has a quote that is not closed")
    })?;
    let failed = |what: String| {
        CredentialsError::new(format!("its `process_command` {what}; run it by hand to see why"))
    };
    let (program, arguments) = words.split_first().ok_or_else(|| failed("is empty".to_owned()))?;
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| failed(format!("cannot be started ({error})")))?;
    let stdout = child.stdout.take();
    let process = Process(Arc::new(Mutex::new(child)));
    let (sender, ended) = oneshot::channel();
    let child = Arc::clone(&process.0);
    std::thread::Builder::new()
        .name("process_command".to_owned())
        .spawn(move || {
            let output = stdout.map(read_bounded).unwrap_or_default();
            let status = wait(&child);
            let _ = sender.send((output, status));
        })
        .map_err(|error| failed(format!("cannot be waited for ({error})")))?;
    let (output, status) = tokio::time::timeout(limit, ended)
        .await
        .map_err(|_| failed(format!("did not end within {} s and was killed", limit.as_secs())))?
        .map_err(|_| failed("ended without an exit status".to_owned()))?;
    match status {
        // This comes first, because a command fails if its output is not read to the end.
        _ if output.len() > LARGEST_OUTPUT => {
            Err(failed(format!("printed more than {LARGEST_OUTPUT} bytes")))
        }
        Some(status) if !status.success() => Err(failed(format!("failed ({status})"))),
        _ => Ok(output),
    }
}

fn read_bounded(stdout: ChildStdout) -> Zeroizing<Vec<u8>> {
    // The full capacity from the start: growing would leave copies that are not wiped.
    let mut output = Zeroizing::new(Vec::with_capacity(LARGEST_OUTPUT.saturating_add(32)));
    let most = u64::try_from(LARGEST_OUTPUT).unwrap_or(u64::MAX).saturating_add(1);
    // After an error, the output so far decides: it is JSON, or it is not.
    let _ = stdout.take(most).read_to_end(&mut output);
    output
}

/// Waits without holding the lock, so that the process can be killed meanwhile.
fn wait(child: &Mutex<Child>) -> Option<ExitStatus> {
    loop {
        match lock(child).try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) => {}
            Err(_) => return None,
        }
        std::thread::sleep(POLL);
    }
}

fn lock(child: &Mutex<Child>) -> MutexGuard<'_, Child> {
    child.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Kills the process when nobody waits for it any more. The thread then reaps it.
struct Process(Arc<Mutex<Child>>);

impl Drop for Process {
    fn drop(&mut self) {
        // An error means that it has ended already.
        let _ = lock(&self.0).kill();
    }
}

/// Splits a command into words as the official clients do, at white space outside of quotes. In double quotes and
/// outside of quotes, a backslash escapes the next character; on Windows it is part of a path.
fn words(command: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut rest = command.chars().peekable();
    while let Some(character) = rest.next() {
        let escapes = character == '\\' && quote != Some('\'');
        let protected = rest.peek().copied().filter(|next| match quote {
            Some(_) => *next == '"' || !cfg!(windows) && matches!(next, '\\' | '$' | '`'),
            None => !cfg!(windows),
        });
        match (character, quote) {
            _ if escapes && protected.is_some() => {
                word.get_or_insert_default().extend(rest.next());
            }
            (_, Some(open)) if character == open => quote = None,
            ('"' | '\'', None) => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            (_, None) if character.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(character),
        }
    }
    words.extend(word);
    (quote.is_none() && !words.is_empty()).then_some(words)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::words;

    #[test]
    fn commands_are_cut_at_spaces_outside_of_quotes() {
        let cut = |command| words(command).unwrap();
        assert_eq!(cut(" helper  --key 1\t2 "), ["helper", "--key", "1", "2"]);
        assert_eq!(cut(r#""/opt/my tools/helper" 'a "b"' c''d"#), ["/opt/my tools/helper", "a \"b\"", "cd"]);
        assert_eq!(cut(r#"helper "" "#), ["helper", ""]);
        assert_eq!(cut("helper $(rm) ; | > `x`"), ["helper", "$(rm)", ";", "|", ">", "`x`"]);
    }

    #[cfg(not(windows))]
    #[test]
    fn a_backslash_protects() {
        assert_eq!(words(r#"a\ b "c\"d\e" 'f\g'"#).unwrap(), ["a b", r#"c"d\e"#, r"f\g"]);
    }

    #[test]
    fn what_is_no_command_is_refused() {
        for command in ["", "  ", "helper 'a", "helper \"a"] {
            assert_eq!(words(command), None, "{command}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_cut_or_refused(command in "[a \\\\'\"\\PC]{0,40}") {
            let _ = words(&command);
        }
    }

    #[cfg(unix)]
    mod processes {
        use std::path::Path;
        use std::process::Stdio;
        use std::time::Duration;

        use super::super::run_within;
        use crate::providers::external::run;

        #[tokio::test]
        async fn standard_output_is_what_counts() {
            let output = run("sh -c 'echo hush >&2; echo {}'").await.unwrap();
            assert_eq!(output.as_slice(), b"{}\n");
        }

        #[tokio::test]
        async fn failures_are_told_without_what_was_printed() {
            for (command, told) in [
                ("sh -c 'echo hush; echo hush >&2; exit 3'", "exit status: 3"),
                ("/nonexistent/helper --token hush", "cannot be started"),
                ("sh -c 'yes hush | head -c 70000'", "more than 65536 bytes"),
            ] {
                let error = run(command).await.unwrap_err().to_string();
                assert!(error.contains(told) && !error.contains("hush"), "{error}");
            }
        }

        #[tokio::test]
        async fn a_command_that_does_not_end_is_killed() {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("pid");
            let command = format!("sh -c 'echo $$ > {}; exec sleep 600'", file.display());
            let error = run_within(&command, Duration::from_millis(300)).await.unwrap_err().to_string();
            assert!(error.contains("was killed"), "{error}");
            is_gone(&file).await;
        }

        #[tokio::test]
        async fn a_command_nobody_waits_for_any_more_is_killed() {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("pid");
            let command = format!("sh -c 'echo $$ > {}; exec sleep 600'", file.display());
            let mut running = Box::pin(run(&command));
            while !std::fs::read_to_string(&file).is_ok_and(|pid| pid.ends_with('\n')) {
                assert!(tokio::time::timeout(Duration::from_millis(10), &mut running).await.is_err());
            }
            drop(running);
            is_gone(&file).await;
        }

        /// Waits until the process, whose id a file holds, has been killed and reaped by its thread.
        async fn is_gone(file: &Path) {
            let pid = std::fs::read_to_string(file).unwrap();
            for _ in 0..500 {
                // It sends nothing, and fails when there is no such process.
                let asked = std::process::Command::new("kill")
                    .args(["-0", pid.trim()])
                    .stderr(Stdio::null())
                    .status();
                if !asked.unwrap().success() {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            panic!("process {pid} still runs");
        }
    }
}
