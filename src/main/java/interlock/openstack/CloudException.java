package interlock.openstack;

import interlock.api.Failure;

/** A cloud did not carry out a request. The message names the request and the reason. */
public final class CloudException extends Exception {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /** The reason for a failure, and whether a retry can help. */
    public enum Kind {
        /** The configuration is wrong; a retry does not help. */
        MISCONFIGURED,
        /** Keystone rejects the credentials, or the service rejects the token; a retry does not help. */
        NOT_AUTHENTICATED,
        /** The object does not exist; a retry does not help. */
        NOT_FOUND,
        /** The service rejects the request; a retry does not help. */
        REFUSED,
        /** The object is busy; a retry can help. */
        BUSY,
        /** The service cannot be reached or cannot answer, and the request was not carried out; a retry can help. */
        UNAVAILABLE,
        /** It is unknown whether the request was carried out; the object has to be inspected before a retry. */
        IN_DOUBT
    }

    CloudException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    static CloudException misconfigured(String message) {
        return new CloudException(Kind.MISCONFIGURED, message);
    }

    public Kind kind() {
        return kind;
    }

    /** {@return the same exception with another kind} */
    public CloudException in(Kind other) {
        CloudException seen = new CloudException(other, String.valueOf(getMessage()));
        seen.initCause(this);
        return seen;
    }

    /** {@return the failure of the action that sent the request} */
    public Failure failure() {
        String message = String.valueOf(getMessage());
        return switch (kind) {
            case MISCONFIGURED, NOT_AUTHENTICATED, NOT_FOUND, REFUSED -> Failure.permanent(message);
            case BUSY, UNAVAILABLE -> Failure.retryable(message);
            case IN_DOUBT -> Failure.inDoubt(message);
        };
    }
}
