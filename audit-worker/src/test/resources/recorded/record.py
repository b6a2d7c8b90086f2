"""Record what model servers that are not ours say: messages go in and out as bytes.

Requests are built with each server's own client library. The model behind each is the same: four
scores a picture, the mean of each of three channels and the mean of all.

    python record.py NAME GRPC_PORT HTTP_PORT
"""

import sys
import urllib.error
import urllib.request
from pathlib import Path

import grpc
import numpy as np

METHOD = "/inference.GRPCInferenceService/ModelInfer"
PICTURES = (np.arange(24, dtype=np.float32) / 24).reshape(2, 3, 2, 2)


def library(name):
    """The server's own message classes."""
    if name == "mlserver":
        from mlserver.grpc import dataplane_pb2 as messages
    else:
        from tritonclient.grpc import service_pb2 as messages
    return messages


def request(messages, model, shape):
    message = messages.ModelInferRequest(model_name=model)
    message.parameters["timeout"].int64_param = 2_000_000
    tensor = message.inputs.add(name="image", datatype="FP32", shape=shape)
    if hasattr(message, "raw_input_contents"):
        message.raw_input_contents.append(PICTURES.tobytes())
    else:
        tensor.contents.fp32_contents.extend(PICTURES.ravel().tolist())
    message.outputs.add(name="scores")
    return message.SerializeToString()


def call(port, body):
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        method = channel.unary_unary(METHOD, lambda out: out, lambda back: back)
        try:
            return method(body, timeout=5)
        except grpc.RpcError as fault:
            return f"{fault.code().name}\n{fault.details()}\n".encode()


def rest(port, body, length):
    message = urllib.request.Request(
        f"http://127.0.0.1:{port}/v2/models/demo/infer", data=body,
        headers={"Content-Type": "application/octet-stream",
                 "Inference-Header-Content-Length": str(length)})
    try:
        with urllib.request.urlopen(message, timeout=5) as answer:
            return answer.read(), answer.headers.get("Inference-Header-Content-Length", "")
    except urllib.error.HTTPError as fault:
        return fault.read(), str(fault.code)


def main():
    name, grpc_port, http_port = sys.argv[1:]
    messages = library(name)
    out = Path(__file__).parent
    good = request(messages, "demo", [2, 3, 2, 2])
    (out / f"{name}-request.bin").write_bytes(good)
    (out / f"{name}-answer.bin").write_bytes(call(grpc_port, good))
    unknown = call(grpc_port, request(messages, "nobody", [2, 3, 2, 2]))
    (out / f"{name}-unknown-model.txt").write_bytes(unknown)
    wrong = call(grpc_port, request(messages, "demo", [1, 3, 2, 4]))
    (out / f"{name}-wrong-shape.txt").write_bytes(wrong)
    header = (b'{"inputs":[{"name":"image","datatype":"FP32","shape":[2,3,2,2],'
              b'"parameters":{"binary_data_size":96}}],'
              b'"outputs":[{"name":"scores","parameters":{"binary_data":true}}]}')
    body, length = rest(http_port, header + PICTURES.tobytes(), len(header))
    (out / f"{name}-rest-answer-{length or 'json'}.bin").write_bytes(body)


if __name__ == "__main__":
    main()
