//! What breaks out of a context: data only, a table a context.

/// What a value is meant to break out of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Context {
    Html,
    Url,
    Sql,
    Shell,
    Argv,
    Header,
    Smtp,
    Csv,
    LogLine,
    Terminal,
    Json,
    Xml,
    Path,
}

impl Context {
    /// The context of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "html" | "attribute" => Self::Html,
            "url" => Self::Url,
            "sql" => Self::Sql,
            "shell" => Self::Shell,
            "argv" => Self::Argv,
            "header" => Self::Header,
            "smtp" => Self::Smtp,
            "csv" => Self::Csv,
            "log_line" => Self::LogLine,
            "terminal" => Self::Terminal,
            "json" => Self::Json,
            "xml" => Self::Xml,
            "path" => Self::Path,
            _ => return None,
        })
    }

    /// What means something there.
    pub(crate) fn pieces(self) -> &'static [&'static str] {
        match self {
            Self::Html => HTML,
            Self::Url => URL,
            Self::Sql => SQL,
            Self::Shell => SHELL,
            Self::Argv => ARGV,
            Self::Header => HEADER,
            Self::Smtp => SMTP,
            Self::Csv => CSV,
            Self::LogLine | Self::Terminal => TERMINAL,
            Self::Json => JSON,
            Self::Xml => XML,
            Self::Path => PATH,
        }
    }
}

/// Frames of markup of every sort in which an address or a script may stand; `{}` is the place of the address.
pub(crate) const FRAMES: &[&str] = &[
    "[x]({})",
    "[x](<{}>)",
    "![x]({})",
    "<{}>",
    "[x]: {}\n\n[x]\n",
    "\n\n[x]: <{}> 'a\"b'\n\n[x][] ![x]\n",
    "[x]({} \"t\")",
    "[x]({} 'a\" onclick=\"x')",
    "[a](b \"c\\\" onmouseover=alert(1) d\")",
    "[![x]({})]({})",
    "[x [y]({})]({})",
    "[^x]\n\n[^x]: [y]({})\n",
    "[^\"><script>alert(1)</script>]\n\n[^\"><script>alert(1)</script>]: y\n",
    "| a | b |\n|---|:-:|\n| [x]({}) | \\| <script> |\n",
    "\n```x\" onclick=alert(1)\ny\n```\n",
    "\n```x\"><script>alert(1)</script>\ny\n```\n",
    "\n~~~ <script>\n<script>alert(1)</script>\n~~~\n",
    "`<script>`",
    "\n# x {#a\" onclick=alert(1)}\n",
    "\n# <script>alert(1)</script>\n",
    "\n: <script>\n",
    "www.{}",
    "{}",
    "<a href=\"{}\">x</a>",
    "<a href='{}'>x</a>",
    "<a href={}>x</a>",
    "<a\nhref\n=\n\"{}\"\n>x</a>",
    "<area href=\"{}\">",
    "<img src=\"{}\">",
    "<img srcset=\"a 1x, {} 2x\">",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)//",
    "<image src=x onerror=alert(1)>",
    "<form action=\"{}\"><input type=submit>",
    "<button form=x formaction=\"{}\">x</button>",
    "<input type=image src=x formaction=\"{}\">",
    "<video poster=\"{}\"><source src=\"{}\"></video>",
    "<table background=\"{}\"><td background=\"{}\">",
    "<base href=\"{}\">",
    "<link rel=stylesheet href=\"{}\">",
    "<meta http-equiv=refresh content=\"0;url={}\">",
    "<iframe src=\"{}\"></iframe>",
    "<iframe srcdoc=\"&lt;script&gt;alert(1)&lt;/script&gt;\"></iframe>",
    "<object data=\"{}\"></object>",
    "<embed src=\"{}\">",
    "<svg><a xlink:href=\"{}\"><text>x</text></a></svg>",
    "<svg><a><animate attributeName=href values=\"{}\" /><text>x</text></a></svg>",
    "<svg><a><set attributeName=\"xlink:href\" to=\"{}\" /><text>x</text></a></svg>",
    "<svg><use href=\"{}\"/></svg>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math href=\"{}\">x</math>",
    "<math><maction actiontype=statusline xlink:href=\"{}\">x</maction></math>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=alert(1)>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<math></p><style><!--</style><img src=1 onerror=alert(1)>--></style></math>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<textarea><p title=\"</textarea><img src=x onerror=alert(1)>\">",
    "<title><p title=\"</title><img src=x onerror=alert(1)>\">",
    "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">",
    "<noembed><p title=\"</noembed><img src=x onerror=alert(1)>\">",
    "<select><template><style><!--</style><img src=x onerror=alert(1)>--></style></template></select>",
    "<style>@import '{}';b{background:url({})}</style>",
    "<b style=\"background:url({})\">x</b>",
    "<b onclick=alert(1)>x</b>",
    "<B ONCLICK=alert(1)>x</B>",
    "<b/onclick=alert(1)>x</b>",
    "<b\nonclick=alert(1)>x</b>",
    "<b \"onclick=alert(1)>x</b>",
    "<b title='a' onclick='alert(1)' b=\">x</b>",
    "<script>alert(1)</script>",
    "<SCRIPT>alert(1)</SCRIPT >",
    "<script\n>alert(1)</script>",
    "<script/x>alert(1)</script>",
    "<script src={}></script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<<script>alert(1)//<</script>",
    "<script>alert(1)",
    "</script><script>alert(1)</script>",
    "<!--><script>alert(1)</script>-->",
    "<!-- --!><script>alert(1)</script>",
    "<!--> <img src=x onerror=alert(1)> -->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<? <img src=x onerror=alert(1)> ?>",
    "<!X <img src=x onerror=alert(1)>>",
    "<x-y onfocus=alert(1) autofocus tabindex=1>",
    "<details open ontoggle=alert(1)>",
    "<body onload=alert(1)>",
    "<isindex action=\"{}\">",
    "<keygen autofocus onfocus=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<frameset onload=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\\<script>alert(1)</script>",
    "[url={}]x[/url]",
    "[url]{}[/url]",
    "[img]{}[/img]",
    "[color=red\" onclick=\"alert(1)]x[/color]",
    "[size=1;background:url({})]x[/size]",
    "link:{}[x]",
    "image::{}[x]",
    "{}[x]",
    "[[{}|x]]",
    "[[{}][x]]",
    "[{} x]",
    "\"x\":{}",
    "!{}!",
    "`x <{}>`_",
    ".. image:: {}\n",
    ".. raw:: html\n\n   <script>alert(1)</script>\n",
    "%{<script>alert(1)</script>}",
    "{{ '<script>alert(1)</script>' }}",
    "{{{ <script> }}}",
    "{% raw %}<script>alert(1)</script>{% endraw %}",
    "${<script>alert(1)</script>}",
    "$$<script>alert(1)</script>$$",
    "\\(\\href{{}}{x}\\)",
    ":\" onclick=\"alert(1):",
    "@a\" onclick=\"alert(1)",
    "#a\" onclick=\"alert(1)",
    "http://a\"onclick=alert(1)",
    "http://a'onclick=alert(1)",
    "http://a/<script>alert(1)</script>",
    "a@b.c\"onclick=alert(1)",
    "<a@b.c\"onclick=alert(1)>",
    "<http://a\"onclick=alert(1)>",
];

/// What may stand between the letters of a scheme without being part of it.
#[rustfmt::skip]
pub(crate) const SKIPPED: &[&str] = &[
    "\t", "\n", "\r", "\r\n", "&Tab;", "&NewLine;", "&#9;", "&#10", "&#x0D;", "&#9", "\0", "&#0;",
    "\u{ad}", "\u{200b}", "&shy;", "%09", "%0a", "\\", "/**/", "&zwnj;", "<!-- -->", "\u{b}", "\u{c}",
    " ",
];

/// What may stand in front of a scheme without being part of it.
#[rustfmt::skip]
pub(crate) const BEFORE_SCHEMES: &[&str] = &[
    " ", "\t", "\n", "\u{1}", "\u{1f}", "\0", "\u{c}", "&#1;", "&#32;", "&#x1f;", "&Tab;", "&#14",
    "%01", "%20", "\u{a0}", "\u{feff}", "\u{3000}", "\\", "/", "./", "?", "#", "x", "view-source:",
    "feed:", "https:", "jar:", "url=", "url(", "\"", "'", "`",
];

/// What stands behind a scheme.
pub(crate) const BEHIND_SCHEMES: &[&str] = &[
    "alert(1)",
    "alert(1)",
    "x",
    "//%0aalert(1)",
    "//example.org/%0aalert(1)",
    "text/html,hi",
    "text/html,<script>alert(1)</script>",
    "text/html;base64,PHNjcmlwdD4=",
    "image/svg+xml,<svg onload=alert(1)>",
    "application/xhtml+xml,x",
    ",x",
    "\"onclick=alert(1)",
    "'onclick=alert(1)",
    "`onclick=alert(1)",
    "alert(1)\" x=\"",
    "\"><script>alert(1)</script>",
    "alert&lpar;1&rpar;",
    "alert('1')",
    "alert(\"1\")",
    "///etc/passwd",
    "",
];

/// Marks of HTML.
#[rustfmt::skip]
pub(crate) const HTML: &[&str] = &[
    "<", ">", "\"", "'", "`", "&", "=", "/", " ", "<b>", "</b>", "</a>", "</p>", "<!--", "-->", "--!>",
    "<!", "<?", "?>", "</", "/>", "<a", "<a ", "]]>", "<![CDATA[", "</title>", "</textarea>",
    "</script>", "</style>", "</noscript>", "</template>", "</svg>", "</math>", "</select>", "</table>",
    "<table>", "<tr>", "<select>", "<option>", "<form>", "<plaintext>", "<svg>", "<math>", "<br>",
    "<img>", "&lt;", "&gt;", "&quot;", "&#34;", "&#39;", "&#x27;", "&apos;", "&#60;", "&#x3c",
    "&amp;lt;", "&amp;", "&lt", "&#0;", "&#x110000;", "&#xd800;", "&nbsp;", "&bogus;", "\u{ff1c}",
    "\u{ff02}", "\u{ff07}", "\u{2039}", "\0", "\u{b}", "\u{c}", "\r", "\n", "\t",
    "\"onclick=alert(1) x=\"", "'onclick='alert(1)", "\" autofocus onfocus=alert(1) x=\"",
    "\"><script>alert(1)</script>", "'><img src=x onerror=alert(1)>", " onclick=alert(1) ",
    "/onclick=alert(1)/", "\\\"", "\\'", "\\", "+ADw-script+AD4-", "{{", "}}", "{%", "${",
];

/// Marks of addresses.
#[rustfmt::skip]
pub(crate) const URL: &[&str] = &[
    "/", "?", "#", "&", "=", "%", ";", "+", ":", "@", "//", "..", "../", "/../", ".", "%2e%2e",
    "%2e%2e%2f", "..%2f", "%2f", "%3f", "%23", "%26", "%25", "%00", "%0d%0a", "%", "%zz", "%2", "\\",
    "\\\\", "/\\", "https://evil.example", "//evil.example", "@evil.example", ":80", ":@", "user:pass@",
    "[::1]", "?a=b", "&a=b", "#a", " ", "\t", "\n", "\r\n", "\0", "\"", "'", "<", ">", "`", "{", "}",
    "|", "^", "[", "]", "é", "\u{ff0f}", "\u{3002}", "\u{ff1f}", "\u{ff03}", "\u{2044}", "/.;/", ";a=b",
    "*", "~", "$", ",", "!", "(", ")",
];

/// Marks of SQL.
#[rustfmt::skip]
pub(crate) const SQL: &[&str] = &[
    "'", "''", "'''", "\"", "\"\"", "`", "``", "[", "]", "]]", "\\", "\\\\", "\\'", "\\''", "\\\"",
    "'\\", "--", "-- ", "--\n", "#", "#\n", "/*", "*/", "/*!", "/**/", ";", "; drop table t",
    "' or '1'='1", "' or 1=1 --", "\" or 1=1 --", "' union select 1", "$$", "$a$", "$1", "?", ":a",
    "@a", "%", "_", "0x27", "x'27'", "e'\\''", "N'", "U&'\\0027'", "char(39)", "(", ")", ",", "\0",
    "\n", "\r", "\u{1a}", "\u{8}", "\t", "\u{2019}", "\u{2bc}", "\u{ff07}", "\u{2032}", "\u{bf}\u{27}",
    "\u{bf5c}", "null", "NULL", "true", "1", "1 or 1=1", "-1", "1e1", "select", "or", "--1", "-", "=",
];

/// Marks of shells.
#[rustfmt::skip]
pub(crate) const SHELL: &[&str] = &[
    "'", "\"", "\\", "`", "$", "$(id)", "`id`", "${x}", "$x", "$HOME", "$'a'", "$\"a\"", "$((1))", "$#",
    "$?", "$$", "$!", "!", "!!", "!a", "^a^b", "~", "~root", "~/", "~+", "=~", "*", "?", "[a]", "[", "]",
    "{a,b}", "{a..c}", "{1..3}", "x{1..3}", "{,}", "{", "}", "{}", "!(a)", "@(a)", "+(a)", ";", ";;", "&",
    "&&", "|", "||", "|&", "(", ")", "()", "<", ">", ">>", "<<", "<<<", "<(", ">(", "2>", "&>", "#", " #",
    "=", "a=b", "-", "--", "-a", "--a", "--a=b", " ", "  ", "\t", "\n", "\r", "\r\n", "\\\n", "\u{b}",
    "\u{c}", "\u{a0}", "\u{3000}", "\u{85}", "\u{1}", "\u{7f}", "\u{1b}", "\u{3}", "\u{4}", "\u{8}",
    "\u{16}", "%", "%a", "%PATH%", "^", ":", ",", "'\\''", "'\"'\"'", "\\'", "\\\"", "\"\\\"\"", "if",
    "then", "do", "done", "{ ", "time", "é", "\u{2019}", "\u{201c}", "", "''", "\"\"",
];

/// Marks of arguments of a program, beside those of the shell that may stand between.
#[rustfmt::skip]
pub(crate) const ARGV: &[&str] = &[
    "-", "--", "-a", "--a", "--a=b", "-o=x", "-Xa", "---", "+", "+a", "@", "@a", "/a", "/?", "=", "a=b", " ", " -a",
    "\t", "\n", "\n-a", "\0", "\"", "'", "\u{2010}a", "\u{2013}a", "",
];

/// Marks of headers.
#[rustfmt::skip]
pub(crate) const HEADER: &[&str] = &[
    "\r\n", "\n", "\r", "\r\n ", "\n ", "\n\t", "\r\n\r\n", "\n\n", "\r\r\n", "\0", "\r\nX-Evil: 1",
    "\nX-Evil: 1", "\rX-Evil: 1", "\r\n\r\n<script>", "\r\n X-Evil: 1", "\nSet-Cookie: a=b",
    "\r\nContent-Length: 0\r\n\r\n", "\u{85}", "\u{2028}", "\u{10a}", "\u{10d}", "\u{560a}", "\u{560d}",
    "%0d%0a", "%0a", "\\r\\n", ":", ": ", ";", "; Path=/", "; HttpOnly", "; filename=x", ",", ", ", "=",
    "\"", "\\\"", "\\", "'", "(", ")", "<", ">", "@", " ", "\t", "\u{b}", "\u{c}", "\u{7f}", "\u{1}",
    "é", "=?utf-8?q?=0d=0a?=", "=?utf-8?b?DQo=?=", "*=utf-8''",
];

/// Marks of mail.
#[rustfmt::skip]
pub(crate) const SMTP: &[&str] = &[
    "\r\n", "\n", "\r", "\r\n.\r\n", "\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r\n..\r\n", ".", "..",
    ".\r\n", "\r\n.", "\n.", "\r\n.a", ">", "<", "> ", ">\r\nRCPT TO:<a@b>", "\r\nRCPT TO:<a@b>",
    "\r\nDATA\r\n", "\r\nQUIT\r\n", "\r\n.\r\nMAIL FROM:<a@b>\r\n", "\r\nBcc: a@b", "\nBcc: a@b",
    "\rBcc: a@b", "\r\n\r\nbody", "\r\n Bcc: a@b", "\r\nContent-Type: text/html", "--", "\r\n--", "\0",
    ",", ";", ":", "@", "\"", "\\", "\\\"", "(", ")", " ", "\t", "\u{85}", "\u{10a}", "\u{10d}", "a@b",
    "a@b,c@d", "<a@b>", "\"a\\\r\n\"@b", "=?utf-8?q?=0d=0a?=", " BODY=8BITMIME", " SIZE=1", "é",
];

/// Marks of tables in text.
#[rustfmt::skip]
pub(crate) const CSV: &[&str] = &[
    ",", ";", "\t", "|", "\"", "\"\"", "\"\"\"", "'", "\n", "\r", "\r\n", "\n\n", "\",\"", "\"\n\"",
    "\"\r\n", "a\"b", " \"a\"", "\"a\" ", "\\", "\\\"", "\\n", "=1+1", "+1", "-1", "@SUM(1)",
    "=cmd|' /C calc'!A0", "\t=1", "\r=1", " =1", "\n=1", "\"=1", "'=1", "\u{ff1d}1", "\u{ff0b}1",
    "\u{ff0d}1", "\u{ff20}a", "#", "\0", "\u{feff}", "", " ", "  ", "é", "\u{2028}", "NULL", "\\N",
    "\u{1e}", "\u{1f}",
];

/// What terminals and readers of logs take for more than text.
#[rustfmt::skip]
pub(crate) const TERMINAL: &[&str] = &[
    "\u{1b}", "\u{1b}[31m", "\u{1b}[2J", "\u{1b}[1;1H", "\u{1b}[1A", "\u{1b}[2K", "\u{1b}]0;t\u{7}",
    "\u{1b}]8;;http://a\u{1b}\\", "\u{1b}]52;c;YQ==\u{7}", "\u{1b}P", "\u{1b}c", "\u{1b}[6n",
    "\u{1b}(0", "\u{9b}", "\u{9b}31m", "\u{9d}", "\u{90}", "\u{9c}", "\u{85}", "\u{84}", "\u{7}",
    "\u{8}", "\u{8}\u{8}", "\u{b}", "\u{c}", "\u{e}", "\u{f}", "\u{7f}", "\0", "\u{1}", "\u{1a}", "\n",
    "\r", "\r\n", "\n\n", "\t", "\u{2028}", "\u{2029}", "\u{202e}", "\u{202d}", "\u{2066}", "\u{2069}",
    "\u{200f}", "\u{61c}", "\u{200b}", "\u{feff}", "\nERROR ", "\n INFO root signed in",
    "\r INFO root signed in", "\n2026-01-01T00:00:00Z INFO ", "\n{\"level\":\"info\"}", "\\x1b[31m",
    "\\u001b[31m", "%1b", "%0a", "\"", "\" level=info \"", " level=error ", "=", "\\", "\\n", "{}",
];

/// Marks of JSON.
#[rustfmt::skip]
pub(crate) const JSON: &[&str] = &[
    "\"", "\\", "\\\"", "\\\\", "\",\"a\":\"", "\"}", "\"]", "\":", "{", "}", "[", "]", ",", ":",
    "null", "true", "1", "1e400", "\n", "\r", "\t", "\0", "\u{1}", "\u{1f}", "\u{7f}", "\u{8}", "\u{c}",
    "\u{2028}", "\u{2029}", "\\u0022", "\\u", "\\ud800", "\\x", "/", "</script>", "<!--", "//", "/*",
    "*/", "'", "\u{ff02}", "\u{feff}", "😀", "é",
];

/// Marks of XML.
#[rustfmt::skip]
pub(crate) const XML: &[&str] = &[
    "<", ">", "\"", "'", "&", "</a>", "<a>", "<a/>", "/>", "<!--", "-->", "--", "->", "-", "<![CDATA[",
    "]]>", "]]", "]", "<?", "?>", "<?xml?>", "<!DOCTYPE a [<!ENTITY b \"c\">]>", "&b;", "&lt;", "&#60;",
    "&#x3c;", "&#0;", "&amp;lt;", "&", "&;", "=", "/", " ", "\n", "\r", "\t", "\0", "\u{1}", "\u{b}",
    "\u{85}", "\u{2028}", "\u{fffe}", "\u{ff1c}", "a=\"b\"", "\" a=\"b", "' a='b", ":", "xmlns=\"a\"",
    "a b",
];

/// Marks of paths.
#[rustfmt::skip]
pub(crate) const PATH: &[&str] = &[
    "/", "\\", "..", "../", "..\\", "/..", "\\..", ".", "./", "//", "../..", "../../etc/passwd",
    "/etc/passwd", "~", "~/", "C:", "C:\\", "\\\\host\\a", "\\\\?\\C:\\", "%2e%2e%2f", "..%2f", "%2f",
    "%5c", "....//", "..;/", "\0", "a\0.txt", "\n", ":", ":a", "CON", "NUL", "aux.txt", "com1", "a.",
    "a ", " ", "*", "?", "<", ">", "|", "\"", "-", "-rf", "--", "\u{2215}", "\u{ff0f}", "\u{2025}",
    "\u{ff0e}\u{ff0e}", "\u{2024}", "é", "e\u{301}", "", ".git", ".htaccess",
];
