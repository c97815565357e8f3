//! Takes a seal and a forged one, says whether both mean the same: the same bytes in the same places, written otherwise.

use super::base64::digit;

/// Shorter runs of letters and digits are names and numbers around what is sealed.
const LONG: usize = 16;

/// A run of the letters that hexadecimal and base64 are written with.
pub(super) fn runs(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, c) in text.char_indices() {
        if !(c.is_ascii_alphanumeric() || "+/_-".contains(c)) {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.end == at => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// The runs that hold what is sealed: the long ones, or else the longest.
pub(super) fn bodies(text: &str) -> Vec<std::ops::Range<usize>> {
    let all = runs(text);
    let long: Vec<_> = all.iter().filter(|run| run.len() >= LONG).cloned().collect();
    if !long.is_empty() {
        return long;
    }
    all.into_iter().max_by_key(std::iter::ExactSizeIterator::len).into_iter().collect()
}

/// Whether the forged seal still holds all that the authentic one is made of: it may have more beside it, or be written
/// in other letters.
pub(super) fn is_same(authentic: &str, forged: &str) -> bool {
    if authentic.trim() == forged.trim() {
        return true;
    }
    let wanted: Vec<Vec<u8>> = bodies(authentic).into_iter().map(|run| plain(&authentic[run])).collect();
    if wanted.is_empty() {
        return false;
    }
    let holds = |text: &str| {
        let there: Vec<Vec<u8>> = runs(text).into_iter().map(|run| plain(&text[run])).collect();
        wanted.iter().all(|body| there.contains(body))
    };
    holds(forged) || holds(&forged.split_whitespace().collect::<String>())
}

/// The bytes that a run stands for: hexadecimal in any case, base64 in either alphabet and with any bits left over.
fn plain(run: &str) -> Vec<u8> {
    if run.len().is_multiple_of(2) && run.len() >= LONG && run.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return run.to_ascii_lowercase().into_bytes();
    }
    let mut bytes: Vec<u8> = run
        .bytes()
        .map(|byte| match byte {
            b'-' => b'+',
            b'_' => b'/',
            other => other,
        })
        .collect();
    // Of the last letter only some bits count.
    let (unused, at) = match run.len() % 4 {
        2 => (4, run.len() - 1),
        3 => (2, run.len() - 1),
        _ => return bytes,
    };
    if run.len() >= LONG {
        bytes[at] = digit(bytes[at]) >> unused;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::is_same;

    const SEAL: &str = "v1,K5oZfzN95Z9UVu1EsfQmfVNQhpLfmC+FXj/jOEfy3LE=";

    #[test]
    fn what_still_holds_the_whole_seal_means_the_same() {
        let body = SEAL.strip_prefix("v1,").expect("a prefix");
        for forged in [
            format!("{SEAL} v1,AAAA"),
            format!("v2,{body}"),
            format!(" {SEAL}\n"),
            SEAL.replace('=', ""),
            SEAL.replace('+', "-").replace('/', "_"),
            SEAL.replace("LE=", "LF="),
            format!("{} {}", &SEAL[..20], &SEAL[20..]),
        ] {
            assert!(is_same(SEAL, &forged), "{forged}");
        }
        assert!(is_same("sha256=00112233445566778899aabbccddeeff", "00112233445566778899AABBCCDDEEFF"));
    }

    #[test]
    fn what_lacks_a_part_of_the_seal_does_not() {
        for forged in [
            String::new(),
            "v1,".to_string(),
            SEAL[..SEAL.len() - 4].to_string(),
            SEAL.replace("K5", "k5"),
            SEAL.replace("3LE=", "3LEAAAA"),
            SEAL.replace("fy3", "fy4"),
        ] {
            assert!(!is_same(SEAL, &forged), "{forged}");
        }
        let token =
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";
        let (head, _) = token.rsplit_once('.').expect("a signature");
        assert!(!is_same(token, &format!("{head}.")) && !is_same("1234", "1235"));
    }
}
