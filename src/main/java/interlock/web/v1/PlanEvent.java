package interlock.web.v1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import interlock.neo4j.entity.RevisionEntity;
import interlock.web.http.WebServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A change of a plan as a Server-Sent Event. It is encoded once, and shared by all followers. */
final class PlanEvent {
    private final long number;
    private final byte[] text;

    /** Encodes changes as Server-Sent Events. */
    static final class Encoding {
        private final ObjectMapper json = WebServer.json();

        /** {@return the event of a revision} */
        PlanEvent event(RevisionEntity revision) {
            try {
                String text = "id: %d\nevent: change\ndata: %s\n\n"
                        .formatted(revision.number(), json.writeValueAsString(PlanJson.Change.of(revision)));
                return new PlanEvent(revision.number(), text.getBytes(StandardCharsets.UTF_8));
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private PlanEvent(long number, byte[] text) {
        this.number = number;
        this.text = text;
    }

    /** {@return the number of the plan's revision} */
    long number() {
        return number;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(text);
    }
}
