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

/** Caches the layouts of plans until they change, up to a total size. */
final class LayoutCache {
    private static final long ROOM = 64L << 20;

    private final PlanReader reader;
    private final ObjectMapper json = WebServer.json();
    private final Cache<UUID, Drawn> kept = Caffeine.newBuilder()
            .maximumWeight(ROOM)
            .weigher((UUID _, Drawn drawn) -> drawn.text().length())
            .build();

    /**
     * A computed layout.
     *
     * @param revision the plan's revision when it was read, or an earlier one
     * @param text the layout as JSON
     */
    record Drawn(long revision, String text) {
        byte[] bytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    LayoutCache(PlanReader reader) {
        this.reader = reader;
    }

    /** {@return the layout of the plan at that revision or a later one} */
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
