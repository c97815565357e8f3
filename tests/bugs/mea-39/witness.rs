use std::time::Duration;

use subject::Ferry;

fn wait_in_vain(places: usize, taken: usize, cars: usize, after: bool) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async {
        let (ferry, guests) = if after {
            (Ferry::arriving(places, taken).await, None)
        } else {
            let ferry = Ferry::new(places);
            let guests = ferry.try_board(taken);
            assert!(guests.is_some());
            (ferry, guests)
        };
        let _ = tokio::time::timeout(Duration::from_millis(1), ferry.board(cars)).await;
        assert_eq!(ferry.free() + ferry.on_board(), places, "{places} {taken} {cars}");
        drop(guests);
        if after {
            tokio::time::sleep(Duration::from_millis(4)).await;
        }
        assert_eq!((ferry.free(), ferry.on_board()), (places, 0), "{places} {taken} {cars}");
    });
}

#[test]
fn a_group_that_gives_up() {
    for taken in 0..=5 {
        for cars in 0..=9 {
            wait_in_vain(5, taken, cars, false);
            wait_in_vain(5, taken, cars, true);
        }
    }
}
