package interlock.simulator;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Generates the uuids of things that the topology only names; they are the same at every start. */
final class Uuids {
    private Uuids() {}

    static String of(String kind, String name) {
        return UUID.nameUUIDFromBytes("%s %s".formatted(kind, name).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
