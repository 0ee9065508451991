package interlock.openstack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import interlock.openstack.CloudException.Kind;
import interlock.openstack.SendResult.Answered;

/**
 * Reads the answers by which services refuse: each words its faults in a document of its own.
 *
 * @param answer what the service answered
 */
record OpenStackError(Answered answer) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN = 300;

    /** {@return what this means to whoever sent a request} */
    Kind kind(Call call) {
        return switch (answer.status()) {
            case 401 -> Kind.NOT_AUTHENTICATED;
            case 404 -> Kind.NOT_FOUND;
            case 400 -> message().contains("No valid host") ? Kind.BUSY : Kind.REFUSED;
            case 409 -> isLasting() ? Kind.REFUSED : Kind.BUSY;
            case 408, 425, 429, 503 -> Kind.UNAVAILABLE;
            default -> answer.status() < 500 ? Kind.REFUSED : call.repeatable() ? Kind.UNAVAILABLE : Kind.IN_DOUBT;
        };
    }

    /** A task ends by itself; the state of an instance, and its lock, do not. */
    private boolean isLasting() {
        String message = message();
        return !message.contains("task_state") && (message.contains("vm_state") || message.contains("is locked"));
    }

    /** {@return what the service says is wrong} */
    String message() {
        String text = answer.body();
        try {
            text = find(JSON.readTree(answer.body()), text);
        } catch (JsonProcessingException _) {
            // a proxy answers in HTML: better shown as it is than not at all
        }
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }

    private static String find(JsonNode document, String otherwise) throws JsonProcessingException {
        if (document.path("error_message").isTextual()) {
            String inner = document.path("error_message").asText();
            return inner.startsWith("{") ? find(JSON.readTree(inner), inner) : inner;
        }
        if (document.path("faultstring").isTextual()) {
            return document.path("faultstring").asText();
        }
        for (JsonNode member : document) {
            for (String name : new String[] {"message", "faultstring", "detail"}) {
                if (member.path(name).isTextual()) {
                    return member.path(name).asText();
                }
            }
        }
        return otherwise;
    }

    /** {@return by which the service's logs know the request} */
    String requestId() {
        String id = answer.header("x-openstack-request-id");
        return id.isEmpty() ? answer.header("x-compute-request-id") : id;
    }

    /** {@return the exception that says all that} */
    CloudException exception(Call call, EndpointLimiter route) {
        String message = message();
        String id = requestId();
        return new CloudException(
                kind(call),
                "%s %s%s answered %d%s%s"
                        .formatted(
                                call.method(),
                                route.base(),
                                call.path(),
                                answer.status(),
                                message.isEmpty() ? "" : ": " + message,
                                id.isEmpty() ? "" : " (request %s)".formatted(id)));
    }
}
