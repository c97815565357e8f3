#[test]
fn odd_templates_do_not_panic() {
    assert!(subject::check("{{#if a}}x{{else if b}}y{{/if}}").is_ok());
    for template in ["{{#if a}}x{{~else if b}}y{{/if}}", "{{#if 1}}\n{{~else if 0 }}\n{{/if}}"] {
        let _ = subject::check(template);
    }
}
