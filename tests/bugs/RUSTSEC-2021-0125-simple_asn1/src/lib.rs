//! Validity statements that partners send, as DER.

/// Number of top-level values in a statement.
pub fn blocks(statement: &[u8]) -> Result<usize, String> {
    simple_asn1::from_der(statement).map(|blocks| blocks.len()).map_err(|error| error.to_string())
}
