use subject::{pack, unpack};

/// A noisy picture with so many pixels, of so many colours.
fn noise(pixels: usize, colours: u32, mut seed: u32) -> Vec<u8> {
    let mut next = move || { seed = seed.wrapping_mul(1664525).wrapping_add(1013904223); ((seed >> 16) % colours) as u8 };
    (0..pixels).map(|_| next()).collect()
}

#[test]
fn noisy_pixels_come_back() {
    for pixels in (3000..=10_000).step_by(50) {
        let picture = noise(pixels, 256, pixels as u32);
        assert!(unpack(&pack(&picture).unwrap()).as_ref() == Some(&picture), "{pixels} pixels");
    }
}

/// For the patched side: pictures with few colours and with many, small and large, some of them in runs.
#[test]
fn pixels_come_back() {
    for round in 0..6000u32 {
        let most = [10, 300, 4200, 10_000][round as usize % 4];
        let colours = [1, 2, 3, 16, 256][(round / 4) as usize % 5];
        let mut picture = noise((round.wrapping_mul(2654435761) % (most + 1)) as usize, colours, round);
        if round % 3 == 0 {
            let half = picture.len() / 2;
            picture[..half].fill(round as u8);
        }
        assert!(unpack(&pack(&picture).unwrap()).as_ref() == Some(&picture), "{} pixels, {colours} colours", picture.len());
    }
}
