#[test]
fn cut_certificates_end() {
    assert!(subject::serial("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").is_err());
    for text in ["-----BEGIN CERTIFICATE-----\nMIIBVzCB/6ADAgEC\n", "-----BEGIN CERTIFICATE-----\n", "-----BEGIN X-----"] {
        assert!(subject::serial(text).is_err());
    }
}
