package interlock.notification;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonCloudEventData;
import io.cloudevents.jackson.JsonFormat;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/**
 * An event as webhooks receive it: a CloudEvent in structured mode, whose data is the envelope in which oslo.messaging
 * sends Watcher's notifications.
 *
 * @param origin the identity of the event, which stays the same when it is sent again
 * @param type Watcher's event type
 * @param subject the uuid of the plan, action or audit
 * @param at the time of the event
 * @param error whether it reports an error
 * @param payload Watcher's payload
 */
record Event(Origin origin, String type, String subject, Instant at, boolean error, ObjectNode payload) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonFormat FORMAT = new JsonFormat();
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    /** The media type of an event. */
    static final String MEDIA_TYPE = JsonFormat.CONTENT_TYPE + "; charset=utf-8";

    /**
     * The identity and position of an event: the events of one source are ordered by revision and number.
     *
     * @param source the path of the plan or audit
     * @param revision the revision of the plan or audit
     * @param number the position among the events of the revision
     */
    record Origin(String source, long revision, int number) {
        String id() {
            return "%s/%d/%d".formatted(source.substring(source.lastIndexOf('/') + 1), revision, number);
        }

        String sequence() {
            return "%012d.%06d".formatted(revision, number);
        }
    }

    /**
     * {@return the body of the request}
     *
     * @param host the name of the sending machine
     */
    byte[] body(String host) {
        ObjectNode envelope = JSON.createObjectNode();
        envelope.put("publisher_id", "infra-optim:" + host);
        envelope.put("priority", error ? "ERROR" : "INFO");
        envelope.put("event_type", type);
        envelope.put("timestamp", TIMESTAMP.format(at));
        envelope.put(
                "message_id",
                UUID.nameUUIDFromBytes(origin.id().getBytes(StandardCharsets.UTF_8))
                        .toString());
        envelope.set("payload", payload);
        CloudEvent event = CloudEventBuilder.v1()
                .withId(origin.id())
                .withSource(URI.create(origin.source()))
                .withType(type)
                .withSubject(subject)
                .withTime(at.atOffset(ZoneOffset.UTC))
                .withDataContentType("application/json")
                .withExtension("sequence", origin.sequence())
                .withData(JsonCloudEventData.wrap(envelope))
                .build();
        return FORMAT.serialize(event);
    }
}
