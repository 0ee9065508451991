package interlock.openstack;

import java.net.http.HttpHeaders;

/** The result of one try to send a request. */
sealed interface SendResult {
    /** An answer, whatever its status. */
    record Answered(int status, HttpHeaders headers, String body) implements SendResult {
        String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        /** Omits headers and body, because Keystone's contain the token. */
        @Override
        public String toString() {
            return "answered " + status;
        }
    }

    /** The request certainly did not reach the service. */
    record NotSent(String why) implements SendResult {}

    /** There was no answer; the request may have reached the service. */
    record Unanswered(String why) implements SendResult {}

    /** The server's certificate is not trusted; a retry does not help. */
    record Untrusted(String why) implements SendResult {}
}
