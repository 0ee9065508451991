package interlock.neo4j.entity;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;
import org.neo4j.ogm.typeconversion.AttributeConverter;

/** Stores local date-times as values of the database; the object mapper would store strings. */
public final class LocalTimeConverter implements AttributeConverter<LocalDateTime, LocalDateTime> {
    @Override
    public @Nullable LocalDateTime toGraphProperty(@Nullable LocalDateTime value) {
        return value;
    }

    @Override
    public @Nullable LocalDateTime toEntityAttribute(@Nullable LocalDateTime value) {
        return value;
    }
}
