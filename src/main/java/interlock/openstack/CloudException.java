package interlock.openstack;

import interlock.api.Failure;

/** The cloud did not do what it was asked for. The message says what was asked, and what came of it. */
public final class CloudException extends Exception {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /** What another try is good for. */
    public enum Kind {
        /** None: the configuration has to be mended. */
        MISCONFIGURED,
        /** None: Keystone does not accept the credentials, or the service does not accept the token. */
        NOT_AUTHENTICATED,
        /** None: there is no such thing. */
        NOT_FOUND,
        /** None: the service refuses the request as it is. */
        REFUSED,
        /** Some: the thing is busy with something else. */
        BUSY,
        /** Some: the service cannot be reached, or cannot answer; the request was not carried out. */
        UNAVAILABLE,
        /** The thing has to be looked at first: nobody knows whether the request was carried out. */
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

    /** {@return the same, seen from where more is at stake} */
    public CloudException in(Kind other) {
        CloudException seen = new CloudException(other, String.valueOf(getMessage()));
        seen.initCause(this);
        return seen;
    }

    /** {@return what it is to the action that wanted something of the cloud} */
    public Failure failure() {
        String message = String.valueOf(getMessage());
        return switch (kind) {
            case MISCONFIGURED, NOT_AUTHENTICATED, NOT_FOUND, REFUSED -> Failure.permanent(message);
            case BUSY, UNAVAILABLE -> Failure.retryable(message);
            case IN_DOUBT -> Failure.inDoubt(message);
        };
    }
}
