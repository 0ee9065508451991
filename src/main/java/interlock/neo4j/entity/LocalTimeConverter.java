package interlock.neo4j.entity;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;
import org.neo4j.ogm.typeconversion.AttributeConverter;

/** Times without a zone are stored as the database's own; the object mapper would store texts. */
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
