use std::cmp::Ordering;
use subject::Price;

#[test]
fn the_other_way_round_is_the_opposite() {
    let (max, now) = (Price::parse("35000").unwrap(), Price::parse("19205.1716384861040546579908080116424889").unwrap());
    assert_eq!(now.cmp(&max), Ordering::Less);
    assert_eq!(max.cmp(&now), Ordering::Greater);
}

/// For the patched side: three prices, in every order.
#[test]
fn the_order_is_lawful() {
    let mut x = 1u64;
    let mut next = move |n: u64| { x = x.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407); ((x >> 33) % n) as usize };
    let (mut bad, mut read, mut bare) = (Vec::new(), 0, Vec::new());
    for round in 0..300_000 {
        let mut texts: Vec<String> = Vec::new();
        for at in 0..3 {
            let text = if at > 0 && next(2) == 0 {
                // one step beside the price before, or the same with more zeros
                let mut digits = texts[at - 1].clone().into_bytes();
                let place = next(digits.len() as u64);
                match next(4) {
                    0 if digits[place] != b'.' => digits[place] = b'0' + next(10) as u8,
                    1 if digits.contains(&b'.') => digits.extend(vec![b'0'; next(12)]),
                    2 => digits.extend(vec![b'9'; next(3)]),
                    _ => { if digits.len() > 1 { digits.remove(0); } }
                }
                String::from_utf8(digits).unwrap()
            } else {
                let most = [4, 12, 40, 60][round % 4];
                let kind = next(4);
                let digit = |n: usize| (b'0' + match kind { 0 => 0, 1 => 9, _ => n } as u8) as char;
                let whole: String = (0..1 + next(most)).map(|_| digit(next(10))).collect();
                let part: String = (0..next(most)).map(|_| digit(next(10))).collect();
                if part.is_empty() { whole } else { format!("{}{whole}.{part}", next(10)) }
            };
            texts.push(text);
        }
        let prices: Vec<Price> = texts.iter().filter_map(|text| Price::parse(text)).collect();
        if prices.len() < 3 { continue; }
        read += 1;
        for a in &prices {
            if a != a || a.cmp(a) != Ordering::Equal { bare.push(texts.clone()); }
            for b in &prices {
                if a.cmp(b) != b.cmp(a).reverse() || (a == b) != (a.cmp(b) == Ordering::Equal) || a.partial_cmp(b) != Some(a.cmp(b)) || (a == b) != (b == a) {
                    bad.push(texts.clone());
                }
                for c in &prices {
                    if (a.cmp(b) != Ordering::Greater && b.cmp(c) != Ordering::Greater && a.cmp(c) == Ordering::Greater) || (a == b && b == c && a != c) {
                        bad.push(texts.clone());
                    }
                }
            }
        }
    }
    assert!(read > 100_000);
    assert!(bad.is_empty() && bare.is_empty(), "{} of {read}: {:?}", bad.len(), &bad[..bad.len().min(8)]);
}
