package interlock.web.v1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import interlock.neo4j.view.PlanReader;
import interlock.web.http.WebServer;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Plans' graphs with the places of their actions, kept until the plan changes, as long as there is room. */
final class LayoutCache {
    private static final long ROOM = 64L << 20;

    private final PlanReader reader;
    private final ObjectMapper json = WebServer.json();
    private final Cache<UUID, Drawn> kept = Caffeine.newBuilder()
            .maximumWeight(ROOM)
            .weigher((UUID _, Drawn drawn) -> drawn.text().length())
            .build();

    /**
     * A drawn plan.
     *
     * @param revision of the plan, or of before
     * @param text as JSON, in Latin letters only where the plan's are
     */
    record Drawn(long revision, String text) {
        byte[] bytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    LayoutCache(PlanReader reader) {
        this.reader = reader;
    }

    /** {@return the plan as it is at its revision, or later} */
    Drawn of(UUID plan, long revision) {
        Drawn known = kept.getIfPresent(plan);
        if (known != null && known.revision() >= revision) {
            return known;
        }
        Drawn drawn = draw(plan, revision);
        kept.put(plan, drawn);
        return drawn;
    }

    private Drawn draw(UUID plan, long revision) {
        LayoutJson layout = LayoutJson.of(reader.graph(plan, revision));
        try {
            return new Drawn(layout.revision(), json.writeValueAsString(layout));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
