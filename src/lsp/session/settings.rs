//! The client's settings, and what it is asked to tell of.

use std::sync::Arc;

use serde_json::Value;

use super::Session;
use crate::lsp::outbox::Outgoing;

impl Session {
    pub(super) fn initialized(&mut self) {
        let registrations = self.client.registrations();
        if !registrations.is_empty() {
            self.outbox.send(Outgoing::Register(registrations));
        }
        // Sources are read once, when it is known how.
        if !self.ask_for_settings() {
            self.is_ready = true;
            self.load_all();
        }
    }

    /// Asks the client for its settings, if it tells them.
    pub(super) fn ask_for_settings(&self) -> bool {
        let queue = self.queue.upgrade().filter(|_| self.client.configuration);
        queue.map(|queue| self.outbox.send(Outgoing::Settings(queue))).is_some()
    }

    pub(super) fn settings(&mut self, settings: Option<Value>) {
        let settings = settings.filter(Value::is_object).map(Arc::new);
        if self.is_ready && (settings == self.settings || settings.is_none()) {
            return;
        }
        self.settings = settings.or(self.settings.take());
        self.is_ready = true;
        self.load_all();
    }

    pub(super) fn settings_changed(&mut self, settings: Value) {
        if !self.ask_for_settings() {
            let own = settings.get("corroborate").cloned().unwrap_or(settings);
            self.settings(Some(own));
        }
    }
}
