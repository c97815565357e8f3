//! An encrypted line between two parts of the program.

use snow::{Builder, TransportState};

pub struct Link {
    here: TransportState,
    there: TransportState,
}

impl Link {
    /// Both ends, after the handshake.
    pub fn open() -> Link {
        let pattern = "Noise_NN_25519_ChaChaPoly_BLAKE2s";
        let mut here = Builder::new(pattern.parse().unwrap()).build_initiator().unwrap();
        let mut there = Builder::new(pattern.parse().unwrap()).build_responder().unwrap();
        let (mut packet, mut text) = ([0; 256], [0; 256]);
        let n = here.write_message(&[], &mut packet).unwrap();
        there.read_message(&packet[..n], &mut text).unwrap();
        let n = there.write_message(&[], &mut packet).unwrap();
        here.read_message(&packet[..n], &mut text).unwrap();
        Link { here: here.into_transport_mode().unwrap(), there: there.into_transport_mode().unwrap() }
    }

    /// The packet that carries `text` to the other end.
    pub fn send(&mut self, text: &[u8]) -> Result<Vec<u8>, String> {
        let mut packet = vec![0; text.len() + 16];
        let n = self.here.write_message(text, &mut packet).map_err(|e| e.to_string())?;
        packet.truncate(n);
        Ok(packet)
    }

    /// The text of a packet that arrived at the other end.
    pub fn receive(&mut self, packet: &[u8]) -> Result<Vec<u8>, String> {
        let mut text = vec![0; packet.len()];
        let n = self.there.read_message(packet, &mut text).map_err(|e| e.to_string())?;
        text.truncate(n);
        Ok(text)
    }
}
