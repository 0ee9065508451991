package interlock.openstack;

import java.net.http.HttpHeaders;

/** What came of sending a request once. */
sealed interface SendResult {
    /** There is an answer, whatever it says. */
    record Answered(int status, HttpHeaders headers, String body) implements SendResult {
        String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        /** Neither headers nor body are for logs: Keystone's hold the token. */
        @Override
        public String toString() {
            return "answered " + status;
        }
    }

    /** It certainly did not reach the service. */
    record NotSent(String why) implements SendResult {}

    /** No answer; it may have reached the service. */
    record Unanswered(String why) implements SendResult {}

    /** The other side is not who it should be; another try would find the same. */
    record Untrusted(String why) implements SendResult {}
}
