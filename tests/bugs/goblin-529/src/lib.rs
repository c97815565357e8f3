//! Programs that are uploaded for crash reports.

/// How many notes an ELF file has; those that cannot be read are left out.
pub fn notes(program: &[u8]) -> Result<usize, String> {
    let elf = goblin::elf::Elf::parse(program).map_err(|error| error.to_string())?;
    let notes = elf.iter_note_headers(program).into_iter().flatten();
    Ok(notes.filter_map(|note| note.ok()).count())
}
