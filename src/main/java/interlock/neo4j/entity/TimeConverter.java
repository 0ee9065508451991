package interlock.neo4j.entity;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;
import org.neo4j.ogm.typeconversion.AttributeConverter;

/** Stores times as the database's date-times. */
public final class TimeConverter implements AttributeConverter<Instant, ZonedDateTime> {
    @Override
    public @Nullable ZonedDateTime toGraphProperty(@Nullable Instant value) {
        return value == null ? null : value.atZone(ZoneOffset.UTC);
    }

    @Override
    public @Nullable Instant toEntityAttribute(@Nullable ZonedDateTime value) {
        return value == null ? null : value.toInstant();
    }
}
