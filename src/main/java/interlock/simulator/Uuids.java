package interlock.simulator;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The uuids of what a topology only names: the same at every start. */
final class Uuids {
    private Uuids() {}

    static String of(String kind, String name) {
        return UUID.nameUUIDFromBytes("%s %s".formatted(kind, name).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
