package dev.gatehouse.worker.openai;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;

/** Whole JSON answers. */
public final class Answers {

    private Answers() {}

    public static HttpResponse json(int status, byte[] json) {
        return HttpResponse.of(HttpStatus.valueOf(status), MediaType.JSON, json);
    }

    public static HttpResponse error(ApiError error) {
        return HttpResponse.of(headers(error), HttpData.wrap(error.json()));
    }

    static void write(HttpResponseWriter out, ApiError error) {
        write(out, headers(error), error.json());
    }

    static void write(HttpResponseWriter out, byte[] json) {
        write(out, ResponseHeaders.of(HttpStatus.OK, HttpHeaderNames.CONTENT_TYPE, MediaType.JSON), json);
    }

    private static void write(HttpResponseWriter out, ResponseHeaders headers, byte[] json) {
        if (out.tryWrite(headers) && out.tryWrite(HttpData.wrap(json))) {
            out.close();
        }
    }

    private static ResponseHeaders headers(ApiError error) {
        var headers =
                ResponseHeaders.builder(HttpStatus.valueOf(error.status())).contentType(MediaType.JSON);
        if (error.retryAfter() > 0) {
            headers.setLong(HttpHeaderNames.RETRY_AFTER, error.retryAfter());
        }
        return headers.build();
    }
}
