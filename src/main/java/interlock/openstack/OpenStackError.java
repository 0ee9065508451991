package interlock.openstack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import interlock.openstack.CloudException.Kind;
import interlock.openstack.SendResult.Answered;

/**
 * An error answer. Each service has its own form of error documents.
 *
 * @param answer the service's answer
 */
record OpenStackError(Answered answer) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN = 300;

    /** {@return the kind of error, from the view of the sender} */
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

    /** A conflict with a task ends by itself; one with the state of an instance, or with its lock, does not. */
    private boolean isLasting() {
        String message = message();
        return !message.contains("task_state") && (message.contains("vm_state") || message.contains("is locked"));
    }

    /** {@return the service's error message} */
    String message() {
        String text = answer.body();
        try {
            text = find(JSON.readTree(answer.body()), text);
        } catch (JsonProcessingException _) {
            // A proxy answers in HTML; the raw text is better than none.
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

    /** {@return the request id in the service's logs} */
    String requestId() {
        String id = answer.header("x-openstack-request-id");
        return id.isEmpty() ? answer.header("x-compute-request-id") : id;
    }

    /** {@return an exception with the request, the status, the message and the request id} */
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
