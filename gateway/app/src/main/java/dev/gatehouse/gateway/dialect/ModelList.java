package dev.gatehouse.gateway.dialect;

import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.RequestHeaders;
import dev.gatehouse.gateway.catalog.Model;
import java.util.List;

/** How a dialect tells which models there are; a bean of the dialect's room. */
public interface ModelList {

    /** Whether who sent these headers expects this dialect; of several that say so the first one is it. */
    boolean speaks(RequestHeaders headers);

    Errors errors();

    /**
     * @param models all that the caller may see, by name
     * @param query what of them is wanted
     * @throws dev.gatehouse.gateway.vocabulary.Fault when the query makes no sense
     */
    byte[] all(List<Model> models, QueryParams query);

    byte[] one(Model model);
}
