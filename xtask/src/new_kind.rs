pub(crate) fn make(_id: &str) -> Result<bool, crate::cases::Error> {
    Ok(false)
}
