package interlock.model;

/** The states of a webhook. */
public enum WebhookState {
    /** It receives events. */
    ACTIVE,
    /** Its receiver answered 410 Gone. */
    GONE
}
