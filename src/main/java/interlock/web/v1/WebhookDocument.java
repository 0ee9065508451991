package interlock.web.v1;

import com.fasterxml.jackson.databind.JsonNode;
import interlock.model.ValidationError;
import interlock.notification.EventTypes;
import interlock.notification.Signature;
import interlock.web.http.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A webhook as somebody asks for it.
 *
 * @param url where it is told
 * @param events patterns of what it is told of
 * @param secret by which what is told is signed
 * @param generated whether nobody has given the secret
 */
record WebhookDocument(String url, List<String> events, String secret, boolean generated) {
    private static final Set<String> MEMBERS = Set.of("url", "events", "secret");
    private static final int LONGEST_URL = 2048;
    private static final int LONGEST_SECRET = 256;

    /** Reads what is asked for; refuses it with all that is wrong with it. */
    static WebhookDocument read(JsonNode body) {
        List<ValidationError> faults = new ArrayList<>();
        if (!body.isObject()) {
            throw Problem.badRequest(
                    "The body is not an object; a webhook was expected, as in {\"url\": \"https://…\"}.");
        }
        body.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) {
                faults.add(new ValidationError(name, "is not a known field; there are url, events and secret"));
            }
        });
        urlFault(body.path("url")).ifPresent(fault -> faults.add(new ValidationError("url", fault)));
        secretFault(body.path("secret")).ifPresent(fault -> faults.add(new ValidationError("secret", fault)));
        List<String> events = events(body.path("events"), faults);
        if (!faults.isEmpty()) {
            throw new Problem(400, "Bad Request", "This is no webhook.", faults);
        }
        Optional<String> secret = Optional.ofNullable(body.path("secret").textValue());
        return new WebhookDocument(
                body.path("url").textValue(), events, secret.orElseGet(Signature::newSecret), secret.isEmpty());
    }

    private static Optional<String> urlFault(JsonNode url) {
        if (!url.isTextual() || url.textValue().isEmpty()) {
            return Optional.of("is missing: the http or https URL that events are sent to");
        }
        if (url.textValue().length() > LONGEST_URL) {
            return Optional.of("is longer than %d characters".formatted(LONGEST_URL));
        }
        try {
            URI uri = new URI(url.textValue());
            if (!Set.of("http", "https")
                            .contains(String.valueOf(uri.getScheme()).toLowerCase(java.util.Locale.ROOT))
                    || uri.getHost() == null) {
                return Optional.of("'%s' is no http or https URL with a host".formatted(url.textValue()));
            }
            return uri.getRawUserInfo() == null
                    ? Optional.empty()
                    : Optional.of("has a user in it; what is sent is signed with the secret instead");
        } catch (URISyntaxException e) {
            return Optional.of("is no URL: " + e.getMessage());
        }
    }

    private static Optional<String> secretFault(JsonNode secret) {
        if (secret.isMissingNode() || secret.isNull()) {
            return Optional.empty();
        }
        boolean fits = secret.isTextual()
                && !secret.textValue().isEmpty()
                && secret.textValue().length() <= LONGEST_SECRET;
        return fits ? Optional.empty() : Optional.of("is no text of 1 to %d characters".formatted(LONGEST_SECRET));
    }

    private static List<String> events(JsonNode events, List<ValidationError> faults) {
        if (events.isMissingNode() || events.isNull()) {
            return List.of(EventTypes.ANY);
        }
        if (!events.isArray() || events.isEmpty()) {
            faults.add(new ValidationError("events", "is no list of event types; leave it out for all of them"));
        }
        List<String> patterns = new ArrayList<>();
        for (JsonNode event : events) {
            String pattern = event.asText();
            if (!event.isTextual() || !EventTypes.isPattern(pattern)) {
                faults.add(new ValidationError(
                        "events[%d]".formatted(patterns.size()),
                        "'%s' fits no event type; there are %s, the beginning of some as in 'action_plan.*', and '*'"
                                .formatted(pattern, String.join(", ", EventTypes.ALL))));
            }
            patterns.add(pattern);
        }
        return patterns;
    }
}
