package dev.gatehouse.gateway.access.web;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says in the document what JSpecify says in the code: a member of a record is there unless it is {@code @Nullable} or optional. */
final class RequiredMembers implements ModelConverter {

    private static final Set<Class<?>> OPTIONALS =
            Set.of(Optional.class, OptionalDouble.class, OptionalInt.class, OptionalLong.class);

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> others) {
        Schema<?> schema = others.hasNext() ? others.next().resolve(type, context, others) : null;
        Class<?> raw = raw(type);
        if (schema != null && raw.isRecord()) {
            complete(defined(schema, context), raw);
        }
        return schema;
    }

    private static void complete(@Nullable Schema<?> schema, Class<?> record) {
        if (schema == null || schema.getProperties() == null) {
            return;
        }
        schema.setRequired(Arrays.stream(record.getRecordComponents())
                .filter(member -> !nullable(member))
                .map(RecordComponent::getName)
                .filter(schema.getProperties()::containsKey)
                .toList());
        for (RecordComponent member : record.getRecordComponents()) {
            Schema<?> property = schema.getProperties().get(member.getName());
            if (nullable(member) && property != null) {
                schema.getProperties().put(member.getName(), orNull(property));
            }
        }
    }

    private static Schema<?> orNull(Schema<?> member) {
        if (member.get$ref() != null) {
            Schema<Object> nothing = new Schema<>();
            nothing.addType("null");
            return new Schema<>().oneOf(List.of(member, nothing));
        }
        if (member.getTypes() != null) {
            Set<String> types = new LinkedHashSet<>(member.getTypes());
            types.add("null");
            member.setTypes(types);
        }
        return member;
    }

    private static @Nullable Schema<?> defined(Schema<?> schema, ModelConverterContext context) {
        String reference = schema.get$ref();
        return reference == null
                ? schema
                : context.getDefinedModels().get(reference.substring(reference.lastIndexOf('/') + 1));
    }

    private static boolean nullable(RecordComponent member) {
        return OPTIONALS.contains(member.getType())
                || Arrays.stream(member.getAnnotatedType().getAnnotations())
                        .anyMatch(mark -> mark.annotationType() == Nullable.class);
    }

    private static Class<?> raw(AnnotatedType type) {
        JavaType java = TypeFactory.defaultInstance().constructType(type.getType());
        return java.getRawClass();
    }
}
